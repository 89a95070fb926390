import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.sync.Event;
import io.asyncio4j.web.*;

final List<String> log = new ArrayList<>();

final Event arrived = new Event();

void send(String to) {
    log.add("mail to " + to + " is sent");
    sleep(seconds(0.1));
    log.add("mail to " + to + " has arrived");
    arrived.set();
}

@Post("/mails/{to}")
@Status(202)
String mail(String to, BackgroundTasks background) {
    background.add(() -> send(to));
    log.add("answer to " + to);
    return "on its way";
}

@Get("/greeting")
Response greeting() {
    return Response.text("hello").afterwards(() -> log.add("somebody was greeted"));
}

@Get("/log")
List<String> log() {
    arrived.await();
    return log;
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.serve(8000);
}
