package io.asyncio4j.web.websocket;

import io.asyncio4j.web.http.Syntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The elements of a header that is a list, such as `a; x=1; y="2", b` (RFC 6455, section 9.1).
final class HeaderList {
    /// An element.
    record Element(String name, List<Parameter> parameters) {}

    /// A parameter of an element.
    ///
    /// @param value without quotes; null if it has none
    record Parameter(String name, @Nullable String value) {}

    private final String header;
    private final String text;
    private int at;

    private HeaderList(String header, String text) {
        this.header = header;
        this.text = text;
    }

    /// Returns the elements of all headers with this name.
    ///
    /// @throws Refusal if a value is malformed
    static List<Element> parse(String header, List<String> values) throws Refusal {
        List<Element> elements = new ArrayList<>();
        for (String value : values) {
            new HeaderList(header, value).parse(elements);
        }
        return elements;
    }

    private void parse(List<Element> to) throws Refusal {
        while (true) {
            skipBlanks();
            // Empty elements are allowed (RFC 9110, section 5.6.1).
            if (!isAt(',') && at < text.length()) {
                to.add(element());
            }
            if (at == text.length()) {
                return;
            }
            require(',');
        }
    }

    private Element element() throws Refusal {
        String name = token();
        List<Parameter> parameters = new ArrayList<>();
        skipBlanks();
        while (isAt(';')) {
            at++;
            skipBlanks();
            String parameter = token();
            skipBlanks();
            String value = null;
            if (isAt('=')) {
                at++;
                skipBlanks();
                value = isAt('"') ? quoted() : token();
                skipBlanks();
            }
            parameters.add(new Parameter(parameter, value));
        }
        return new Element(name, parameters);
    }

    private String token() throws Refusal {
        int start = at;
        while (at < text.length() && isTokenCharacter(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
        return text.substring(start, at);
    }

    /// Reads a quoted value, which has to be a token without its quotes.
    private String quoted() throws Refusal {
        require('"');
        StringBuilder value = new StringBuilder();
        while (!isAt('"')) {
            if (isAt('\\')) {
                at++;
            }
            if (at == text.length() || !isTokenCharacter(text.charAt(at))) {
                throw malformed();
            }
            value.append(text.charAt(at++));
        }
        at++;
        if (value.isEmpty()) {
            throw malformed();
        }
        return value.toString();
    }

    private static boolean isTokenCharacter(char c) {
        return Syntax.isToken(c);
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void require(char c) throws Refusal {
        if (!isAt(c)) {
            throw malformed();
        }
        at++;
    }

    private void skipBlanks() {
        while (isAt(' ') || isAt('\t')) {
            at++;
        }
    }

    private Refusal malformed() {
        return new Refusal(400, "The header " + header + " is malformed");
    }
}
