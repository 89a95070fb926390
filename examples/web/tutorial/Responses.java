import io.asyncio4j.web.*;

record NewUser(String name, String password) {}

record User(int id, String name) {}

@Post("/users")
@Status(201)
User create(NewUser user) {
    return new User(1, user.name()); // no component for the password
}

@Delete("/users/{id}")
@Status(204)
void delete(int id) {}

@Put("/users/{id}")
Response put(int id, NewUser user) {
    User stored = new User(id, user.name());
    return id == 1 ? Response.json(stored) : Response.json(stored).status(201);
}

@Get("/page")
Response page() {
    return Response.html("<h1>Hello</h1>");
}

@Get("/old")
Response moved() {
    return Response.redirect("/page").status(301);
}

@Get("/report")
Response report() {
    return Response.text("a,b\n1,2\n").type("text/csv").attachment("report.csv");
}

@Get("/source")
Path source() {
    return Path.of("examples/web/tutorial/Responses.java");
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.serve(8000);
}
