package org.fus.cloud.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who may do what with the page, and what browsers are told. */
final class PageGuard {
    private static final int SECRET_BYTES = 32;
    private static final String COOKIE = "fus-session=";

    /** Names under which a browser on this machine reaches it; another one means that a name was bent to this address. */
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]");

    private final Optional<String> token;
    private final String session = secret();
    private final String formKey = secret();

    PageGuard(Optional<String> token) {
        this.token = token;
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static void headers(HttpExchange exchange) {
        Headers headers = exchange.getResponseHeaders();
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                        + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        headers.set("Cache-Control", "no-store");
    }

    /** Without a token only names of this machine are served, so that a foreign page cannot reach us through its own name. */
    boolean isExpectedHost(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return token.isPresent() || LOCAL.contains(name);
    }

    boolean isKnown(HttpExchange exchange) {
        if (token.isEmpty()) {
            return true;
        }
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (bearer != null && bearer.startsWith("Bearer ") && equal(bearer.substring(7), token.get())) {
            return true;
        }
        List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
        return cookies.stream()
                .flatMap(c -> java.util.Arrays.stream(c.split(";", -1)))
                .map(String::strip)
                .anyMatch(c -> c.startsWith(COOKIE) && equal(c.substring(COOKIE.length()), session));
    }

    boolean isToken(String given) {
        return token.isPresent() && equal(given, token.get());
    }

    /** For a visitor who knows the token. */
    String cookie() {
        return COOKIE + session + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /** Stands in every form of ours; a form of another page does not have it. */
    String formKey() {
        return formKey;
    }

    boolean isFormKey(String given) {
        return equal(given, formKey);
    }

    /** Takes the same time wherever the first difference is. */
    private static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
