import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.TestClient;

/// To await a coroutine does not give up control. A task does that where it waits for something:
/// I/O, a timer, another task.
@Get("/compute/{who}")
int compute(String who) {
    return await(() -> work(who, false)); // runs like a call
}

@Get("/pause/{who}")
int pause(String who) {
    return await(() -> work(who, true));
}

int work(String who, boolean pause) {
    IO.println("  " + who + " begins");
    BigInteger product = BigInteger.ONE;
    for (int i = 1; i <= 5_000; i++) {
        product = product.multiply(BigInteger.valueOf(i));
        if (pause && i % 1_000 == 0) {
            sleep(Duration.ZERO); // others may run now
        }
    }
    IO.println("  " + who + " ends");
    return product.bitLength();
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    run(() -> {
        try (TestClient client = TestClient.of(app)) {
            for (String path : List.of("/compute/", "/pause/")) {
                IO.println(path);
                taskGroup(clients -> {
                    clients.createTask(() -> client.get(path + "aaa").send());
                    clients.createTask(() -> client.get(path + "bbb").send());
                });
            }
        }
    });
}

// Output:
// /compute/
//   aaa begins
//   aaa ends
//   bbb begins
//   bbb ends
// /pause/
//   aaa begins
//   bbb begins
//   aaa ends
//   bbb ends
