package io.asyncio4j.web.binding;

/// The part of a request that a parameter comes from, in the order in which errors are told.
public enum Place {
    PATH("path"),
    QUERY("query"),
    HEADER("header"),
    COOKIE("cookie"),
    FORM("body"),
    BODY("body"),

    /// Nothing that is read: the request itself, for instance.
    CONTEXT(""),

    /// What a provider makes.
    PROVIDED("");

    private final String word;

    Place(String word) {
        this.word = word;
    }

    /// Returns the first element of errors' `loc`.
    String word() {
        return word;
    }

    /// Whether values are texts with names.
    boolean isText() {
        return compareTo(FORM) <= 0;
    }
}
