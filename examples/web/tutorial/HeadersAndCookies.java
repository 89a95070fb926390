import io.asyncio4j.web.*;

@Get("/agent")
String agent(@HeaderParam String userAgent) {
    return userAgent;
}

@Get("/trace")
List<String> trace(@HeaderParam("X-Trace") List<String> steps) {
    return steps;
}

record Client(
        String host,
        Optional<String> acceptLanguage,
        @DefaultValue({}) List<String> xTag) {}

@Get("/client")
Client client(@HeaderParam Client client) {
    return client;
}

@Get("/theme")
String theme(@CookieParam @DefaultValue("light") String theme) {
    return theme;
}

@Post("/theme/{name}")
Response choose(String name) {
    Cookie cookie = new Cookie("theme", name).maxAge(Duration.ofDays(30)).httpOnly(true);
    return Response.json("chosen").cookie(cookie).header("X-Theme", name);
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.serve(8000);
}
