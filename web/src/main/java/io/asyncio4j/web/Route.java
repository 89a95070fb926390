package io.asyncio4j.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A path, a method and what answers them; made by the methods of [Router]. What is set here counts
/// until the router is included in another or the application starts.
public final class Route {
    /// An answer beside the usual one, for the documentation.
    record Answer(int status, @Nullable Class<?> body, String description) {}

    final String method;
    final PathTemplate path;
    final RouteTarget target;
    private int status = 200;
    private boolean blocking;
    private String name = "";
    private String summary = "";
    private String description = "";
    private String operationId = "";
    private List<String> tags = List.of();
    private List<Answer> answers = List.of();
    private boolean hidden;
    private boolean deprecated;

    Route(String method, PathTemplate path, RouteTarget target) {
        this.method = method;
        this.path = path;
        this.target = target;
    }

    /// Returns the same at a longer path.
    Route below(String prefix) {
        Route copy = new Route(method, PathTemplate.of(prefix + path), target);
        copy.status = status;
        copy.blocking = blocking;
        copy.name = name;
        copy.summary = summary;
        copy.description = description;
        copy.operationId = operationId;
        copy.tags = tags;
        copy.answers = answers;
        copy.hidden = hidden;
        copy.deprecated = deprecated;
        return copy;
    }

    /// Sets the status of answers that are no [Response]; by default 200. FastAPI: `status_code`.
    ///
    /// @throws IllegalArgumentException if it is not from 200 to 599
    public Route status(int status) {
        Response.empty().status(status);
        this.status = status;
        return this;
    }

    /// Has the handler run in a thread outside of the loop, as it blocks. FastAPI: a path function
    /// that is a plain `def`.
    public Route blocking() {
        blocking = true;
        return this;
    }

    /// Names the route for [WebApp#urlFor]. FastAPI: `name`.
    public Route name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    // ------------------------------------------------------------------ documentation

    /// Sets the title in the documentation. FastAPI: `summary`.
    public Route summary(String text) {
        summary = Objects.requireNonNull(text, "summary");
        return this;
    }

    /// Sets the text in the documentation; may be Markdown. FastAPI: `description`.
    public Route description(String text) {
        description = Objects.requireNonNull(text, "description");
        return this;
    }

    /// Sets the groups in the documentation. FastAPI: `tags`.
    public Route tags(String... names) {
        tags = List.of(names);
        return this;
    }

    /// Sets the identifier in the documentation. FastAPI: `operation_id`.
    public Route operationId(String id) {
        operationId = Objects.requireNonNull(id, "operationId");
        return this;
    }

    /// Adds an answer to the documentation, beside the usual one. FastAPI: `responses`.
    ///
    /// @param body the type of the body; `void.class` if there is none
    public Route responds(int status, Class<?> body, String description) {
        List<Answer> all = new ArrayList<>(answers);
        all.add(new Answer(status, body == void.class ? null : body, description));
        answers = List.copyOf(all);
        return this;
    }

    /// Leaves the route out of the documentation. FastAPI: `include_in_schema=False`.
    public Route hidden() {
        hidden = true;
        return this;
    }

    /// Marks the route as deprecated in the documentation. FastAPI: `deprecated=True`.
    public Route deprecated() {
        deprecated = true;
        return this;
    }

    // ------------------------------------------------------------------ read

    int status() {
        return status;
    }

    boolean isBlocking() {
        return blocking;
    }

    /// Returns the name; empty if there is none.
    String routeName() {
        return name;
    }

    String summary() {
        return summary;
    }

    String description() {
        return description;
    }

    String operationId() {
        return operationId;
    }

    List<String> tags() {
        return tags;
    }

    List<Answer> answers() {
        return answers;
    }

    boolean isHidden() {
        return hidden;
    }

    boolean isDeprecated() {
        return deprecated;
    }

    boolean isMount() {
        return target instanceof RouteTarget.OfMount;
    }

    /// Returns the method and the path.
    @Override
    public String toString() {
        return method + " " + path;
    }
}
