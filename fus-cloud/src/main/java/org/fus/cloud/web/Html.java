package org.fus.cloud.web;

/** Text for a page: whatever comes from outside is escaped before it goes in. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Markup of our own. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Text of anybody. */
    Html text(Object value) {
        out.append(escape(String.valueOf(value)));
        return this;
    }

    /** The text between two tags of a name without attributes. */
    Html element(String name, Object value) {
        return raw("<" + name + ">").text(value).raw("</" + name + ">");
    }

    @Override
    public String toString() {
        return out.toString();
    }

    static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length() + 16);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < 0x20 && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
        return escaped.toString();
    }
}
