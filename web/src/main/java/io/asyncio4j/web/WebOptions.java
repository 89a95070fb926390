package io.asyncio4j.web;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/// Settings of a [WebApp]: `WebApp.create(WebOptions.defaults().title("Shop"))`. Immutable.
/// FastAPI: the arguments of `FastAPI`.
public final class WebOptions {
    private static final WebOptions DEFAULTS =
            new WebOptions("asyncio4j", "0.1.0", "", true, "/openapi.json", "/docs", true, null);

    private final String title;
    private final String version;
    private final String description;
    private final boolean docs;
    private final String openApiPath;
    private final String docsPath;
    private final boolean redirectSlashes;
    private final @Nullable ObjectMapper objectMapper;

    private WebOptions(
            String title,
            String version,
            String description,
            boolean docs,
            String openApiPath,
            String docsPath,
            boolean redirectSlashes,
            @Nullable ObjectMapper objectMapper) {
        this.title = Objects.requireNonNull(title, "title");
        this.version = Objects.requireNonNull(version, "version");
        this.description = Objects.requireNonNull(description, "description");
        this.docs = docs;
        this.openApiPath = openApiPath;
        this.docsPath = docsPath;
        this.redirectSlashes = redirectSlashes;
        this.objectMapper = objectMapper;
    }

    /// Returns the defaults: documentation at `/docs` and `/openapi.json`.
    public static WebOptions defaults() {
        return DEFAULTS;
    }

    /// Returns the title of the documentation.
    public String title() {
        return title;
    }

    /// Returns this with a title for the documentation; by default `asyncio4j`.
    public WebOptions title(String title) {
        return new WebOptions(title, version, description, docs, openApiPath, docsPath, redirectSlashes, objectMapper);
    }

    /// Returns the version of the application in its documentation.
    public String version() {
        return version;
    }

    /// Returns this with a version of the application; by default `0.1.0`.
    public WebOptions version(String version) {
        return new WebOptions(title, version, description, docs, openApiPath, docsPath, redirectSlashes, objectMapper);
    }

    /// Returns the introduction of the documentation.
    public String description() {
        return description;
    }

    /// Returns this with an introduction for the documentation, which may be Markdown; by default
    /// empty.
    public WebOptions description(String description) {
        return new WebOptions(title, version, description, docs, openApiPath, docsPath, redirectSlashes, objectMapper);
    }

    /// Returns whether there is documentation.
    public boolean docs() {
        return docs;
    }

    /// Returns this with documentation, or without; by default with. Without, neither the page nor
    /// the OpenAPI document is served.
    public WebOptions docs(boolean docs) {
        return new WebOptions(title, version, description, docs, openApiPath, docsPath, redirectSlashes, objectMapper);
    }

    /// Returns the path of the OpenAPI document.
    public String openApiPath() {
        return openApiPath;
    }

    /// Returns this with another path for the OpenAPI document; by default `/openapi.json`.
    ///
    /// @throws IllegalArgumentException if it does not begin with a slash
    public WebOptions openApiPath(String path) {
        return new WebOptions(
                title, version, description, docs, checked(path), docsPath, redirectSlashes, objectMapper);
    }

    /// Returns the path of the documentation's page.
    public String docsPath() {
        return docsPath;
    }

    /// Returns this with another path for the documentation's page; by default `/docs`.
    ///
    /// @throws IllegalArgumentException if it does not begin with a slash
    public WebOptions docsPath(String path) {
        return new WebOptions(
                title, version, description, docs, openApiPath, checked(path), redirectSlashes, objectMapper);
    }

    private static String checked(String path) {
        if (!path.startsWith("/") || path.length() == 1) {
            throw new IllegalArgumentException(
                    "The path of a document must begin with a slash and have a name, but is '" + path + "'");
        }
        return path;
    }

    /// Returns whether a path that fits with a slash more or less at its end is redirected.
    public boolean redirectSlashes() {
        return redirectSlashes;
    }

    /// Returns this with or without redirects from `/items/` to `/items` and back; by default with.
    public WebOptions redirectSlashes(boolean redirect) {
        return new WebOptions(title, version, description, docs, openApiPath, docsPath, redirect, objectMapper);
    }

    /// Returns the mapper that the application's JSON is made with; null for the library's own.
    public @Nullable ObjectMapper objectMapper() {
        return objectMapper;
    }

    /// Returns this with another mapper of Jackson's for the application's JSON: for what path
    /// functions return, [Response#json], [Request#json] and JSON messages of WebSockets. It takes
    /// the place of the library's own as a whole, times in FastAPI's form included. An application
    /// that is mounted in this one, and has none, uses it too.
    ///
    /// Parameters are not read by it, bodies among them: their declarations say what is accepted.
    /// Neither are sessions, nor is the OpenAPI document written by it.
    public WebOptions objectMapper(ObjectMapper mapper) {
        return new WebOptions(
                title,
                version,
                description,
                docs,
                openApiPath,
                docsPath,
                redirectSlashes,
                Objects.requireNonNull(mapper, "mapper"));
    }

    @Override
    public String toString() {
        return "WebOptions[title=" + title + ", version=" + version + ", docs=" + docs + "]";
    }
}
