import io.asyncio4j.web.*;
import jakarta.validation.constraints.Size;

@Post("/login")
String login(@FormParam String name, @FormParam @Size(min = 8) String password) {
    return "welcome, " + name;
}

record Account(String name, @DefaultValue("false") boolean newsletter) {}

@Post("/accounts")
Account open(@FormParam Account account) {
    return account;
}

record Received(String name, String type, long size) {}

@Post("/picture")
Received picture(UploadFile picture, @FormParam @DefaultValue("") String title) {
    return new Received(picture.name(), picture.type(), picture.size());
}

@Post("/pictures")
List<String> pictures(@FormParam("picture") List<UploadFile> pictures, Optional<UploadFile> cover) {
    return pictures.stream().map(UploadFile::name).toList();
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.serve(8000);
}
