package io.asyncio4j.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The pages that show an application's OpenAPI document: Swagger UI, with which one can call it,
/// and ReDoc. Their files are in jars beside this one, so that nothing comes from elsewhere.
final class DocsPages {
    private static final String CACHED = "public, max-age=86400";
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "png", "image/png",
            "html", "text/html; charset=utf-8");

    private final WebOptions options;

    DocsPages(WebOptions options) {
        this.options = options;
    }

    /// Returns the routes of the pages and their files.
    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        String docs = options.docsPath();
        routes.add(route(docs, _ -> {
            version("swagger-ui"); // an empty page would not tell what is missing
            return Response.html(swagger());
        }));
        routes.add(route(docs + "/{file}", request -> file("swagger-ui", "", request.pathParam("file"))));
        routes.add(route("/redoc", _ -> {
            version("redoc");
            return Response.html(redoc());
        }));
        routes.add(route("/redoc/{file}", request -> file("redoc", "bundles/", request.pathParam("file"))));
        return routes;
    }

    private static Route route(String path, Handler handler) {
        return new Route("GET", PathTemplate.of(path), new RouteTarget.OfHandler(handler)).hidden();
    }

    private String swagger() {
        String own = name(options.docsPath());
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <link rel="stylesheet" href="%2$s/swagger-ui.css">
            <link rel="icon" href="%2$s/favicon-32x32.png">
            </head>
            <body>
            <div id="swagger-ui"></div>
            <script src="%2$s/swagger-ui-bundle.js"></script>
            <script>
            SwaggerUIBundle({
              url: "%3$s",
              dom_id: "#swagger-ui",
              deepLinking: true,
              showExtensions: true,
              oauth2RedirectUrl: new URL("%2$s/oauth2-redirect.html", location.href).href,
            });
            </script>
            </body>
            </html>
            """.formatted(escaped(options.title()), own, document(options.docsPath()));
    }

    private String redoc() {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <style>body { margin: 0; }</style>
            </head>
            <body>
            <redoc spec-url="%2$s"></redoc>
            <script src="redoc/redoc.standalone.js"></script>
            </body>
            </html>
            """.formatted(escaped(options.title()), document("/redoc"));
    }

    /// Returns the last segment of a path.
    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Returns the document's address relative to a page, so that it is right in a mounted
    /// application too.
    private String document(String page) {
        long up = page.chars().filter(c -> c == '/').count() - 1;
        return "../".repeat((int) up) + options.openApiPath().substring(1);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    // ------------------------------------------------------------------ files

    private static Response file(String jar, String folder, String name) throws IOException {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || name.indexOf('/') >= 0 || name.contains("..")) {
            throw new HttpException(404);
        }
        String path = "META-INF/resources/webjars/" + jar + "/" + version(jar) + "/" + folder + name;
        byte @Nullable [] content = resource(path);
        if (content == null) {
            throw new HttpException(404);
        }
        return Response.bytes(content).type(type).header("cache-control", CACHED);
    }

    private static String version(String jar) throws IOException {
        byte @Nullable [] properties = resource("META-INF/maven/org.webjars/" + jar + "/pom.properties");
        if (properties == null) {
            throw new HttpException(
                    404,
                    "The files of this page are not there: put the jar org.webjars:" + jar
                            + " on the class path; on the"
                            + " module path, start with --add-modules " + jar.replace('-', '.')
                            + "; an image of jlink is started with java --class-path THE.jar --module ...");
        }
        Properties known = new Properties();
        known.load(new ByteArrayInputStream(properties));
        return known.getProperty("version");
    }

    private static byte @Nullable [] resource(String path) throws IOException {
        ClassLoader loader = DocsPages.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(path)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
