import com.fasterxml.jackson.annotation.JsonProperty;
import io.asyncio4j.web.*;

record User(String name, boolean admin) {}

record Token(
        @JsonProperty("access_token") String token,
        @JsonProperty("token_type") String type) {}

final Map<String, User> sessions = new HashMap<>();

@Post("/token")
Token logIn(@FormParam String username, @FormParam String password) {
    if (!password.equals("secret of " + username)) { // compare a hash of it in a real program
        throw new HttpException(401, "Wrong name or password").header("WWW-Authenticate", "Bearer");
    }
    String token = UUID.randomUUID().toString();
    sessions.put(token, new User(username, username.equals("ann")));
    return new Token(token, "bearer");
}

@Provides
User user(OAuth2PasswordBearer bearer) {
    User user = sessions.get(bearer.token());
    if (user == null) {
        throw new HttpException(401, "Log in first").header("WWW-Authenticate", "Bearer");
    }
    return user;
}

record Admin(User user) {}

@Provides
Admin admin(User user) {
    if (!user.admin()) {
        throw new HttpException(403, user.name() + " is no administrator");
    }
    return new Admin(user);
}

@Get("/me")
User me(User user) {
    return user;
}

@Delete("/items/{id}")
String delete(int id, Admin admin) {
    return admin.user().name() + " has deleted item " + id;
}

@Get("/basic")
String basic(HttpBasic credentials) {
    return credentials.username();
}

@Get("/key")
String key(Optional<ApiKey> key) {
    return key.isPresent() ? "a customer" : "a guest";
}

void main() {
    WebApp app = WebApp.create();
    app.provide(OAuth2PasswordBearer.class, OAuth2PasswordBearer.create("/token"));
    app.provide(HttpBasic.class, HttpBasic.create("shop"));
    app.provide(ApiKey.class, ApiKey.header("X-Key"));
    app.provide(this);
    app.routes(this);
    app.serve(8000);
}
