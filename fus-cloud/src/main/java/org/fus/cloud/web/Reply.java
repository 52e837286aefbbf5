package org.fus.cloud.web;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What goes back to a browser. */
final class Reply {
    private final int status;
    private final String type;
    private final byte[] body;
    private final String location;
    private final String cookie;

    private Reply(int status, String type, byte[] body, String location, String cookie) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.location = Objects.requireNonNull(location, "location");
        this.cookie = Objects.requireNonNull(cookie, "cookie");
    }

    static Reply of(int status, String type, byte[] body) {
        return new Reply(status, type, body, "", "");
    }

    static Reply html(int status, String page) {
        return of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    static Reply json(String text) {
        return of(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Another page, asked for with GET. */
    static Reply seeOther(String path) {
        return new Reply(303, "text/plain", new byte[0], path, "");
    }

    Reply withCookie(String value) {
        return new Reply(status, type, body, location, value);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    byte[] body() {
        return body;
    }

    String location() {
        return location;
    }

    String cookie() {
        return cookie;
    }
}
