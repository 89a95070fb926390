package io.asyncio4j.web;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/// Settings of a [WebApp]: `WebApp.create(WebOptions.defaults().title("Shop"))`. Immutable.
/// FastAPI: the arguments of `FastAPI`.
public final class WebOptions {
    private static final WebOptions DEFAULTS = new WebOptions();

    private String title = "asyncio4j";
    private String version = "0.1.0";
    private String description = "";
    private boolean docs = true;
    private String openApiPath = "/openapi.json";
    private String docsPath = "/docs";
    private boolean redirectSlashes = true;
    private @Nullable ObjectMapper objectMapper;

    private WebOptions() {}

    private WebOptions(WebOptions from) {
        title = from.title;
        version = from.version;
        description = from.description;
        docs = from.docs;
        openApiPath = from.openApiPath;
        docsPath = from.docsPath;
        redirectSlashes = from.redirectSlashes;
        objectMapper = from.objectMapper;
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
        WebOptions changed = new WebOptions(this);
        changed.title = Objects.requireNonNull(title, "title");
        return changed;
    }

    /// Returns the version of the application in its documentation.
    public String version() {
        return version;
    }

    /// Returns this with a version of the application; by default `0.1.0`.
    public WebOptions version(String version) {
        WebOptions changed = new WebOptions(this);
        changed.version = Objects.requireNonNull(version, "version");
        return changed;
    }

    /// Returns the introduction of the documentation.
    public String description() {
        return description;
    }

    /// Returns this with an introduction for the documentation, which may be Markdown; by default
    /// empty.
    public WebOptions description(String description) {
        WebOptions changed = new WebOptions(this);
        changed.description = Objects.requireNonNull(description, "description");
        return changed;
    }

    /// Returns whether there is documentation.
    public boolean docs() {
        return docs;
    }

    /// Returns this with documentation, or without; by default with. Without, neither the page nor
    /// the OpenAPI document is served.
    public WebOptions docs(boolean docs) {
        WebOptions changed = new WebOptions(this);
        changed.docs = docs;
        return changed;
    }

    /// Returns the path of the OpenAPI document.
    public String openApiPath() {
        return openApiPath;
    }

    /// Returns this with another path for the OpenAPI document; by default `/openapi.json`.
    ///
    /// @throws IllegalArgumentException if it does not begin with a slash
    public WebOptions openApiPath(String path) {
        WebOptions changed = new WebOptions(this);
        changed.openApiPath = checked(path);
        return changed;
    }

    /// Returns the path of the documentation's page.
    public String docsPath() {
        return docsPath;
    }

    /// Returns this with another path for the documentation's page; by default `/docs`.
    ///
    /// @throws IllegalArgumentException if it does not begin with a slash
    public WebOptions docsPath(String path) {
        WebOptions changed = new WebOptions(this);
        changed.docsPath = checked(path);
        return changed;
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
        WebOptions changed = new WebOptions(this);
        changed.redirectSlashes = redirect;
        return changed;
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
        WebOptions changed = new WebOptions(this);
        changed.objectMapper = Objects.requireNonNull(mapper, "mapper");
        return changed;
    }

    @Override
    public String toString() {
        return "WebOptions[title=" + title + ", version=" + version + ", docs=" + docs + "]";
    }
}
