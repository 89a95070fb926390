import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.TestClient;

/// Work for the processor needs parallelism.
///
/// A computation never waits, so on the loop there is no moment for another request. In an executor
/// several computations run at the same time, each on a processor, and the loop stays free.
@Get("/loop/{number}")
long onTheLoop(int number) {
    IO.println("  computation " + number + " begins");
    long primes = countPrimes(2_000_000);
    IO.println("  computation " + number + " ends");
    return primes;
}

/// Lets two threads pass that are here at the same time. One alone would wait for ever.
final CyclicBarrier both = new CyclicBarrier(2);

@Get("/executor/{number}")
long inAnExecutor(int number) {
    return await(runInExecutor(() -> {
        both.await();
        return countPrimes(2_000_000);
    }));
}

static long countPrimes(int below) {
    long primes = 0;
    for (int n = 2; n < below; n++) {
        int divisor = 2;
        while (divisor * divisor <= n && n % divisor != 0) {
            divisor++;
        }
        primes += divisor * divisor > n ? 1 : 0;
    }
    return primes;
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    run(() -> {
        try (TestClient client = TestClient.of(app)) {
            for (String path : List.of("/loop/", "/executor/")) {
                IO.println(path);
                long start = System.nanoTime();
                taskGroup(clients -> {
                    clients.createTask(() -> client.get(path + 1).send());
                    clients.createTask(() -> client.get(path + 2).send());
                });
                IO.println("  both have taken %.1f s".formatted((System.nanoTime() - start) / 1e9));
            }
        }
    });
}

/* Output of one run:
/loop/
  computation 1 begins
  computation 1 ends
  computation 2 begins
  computation 2 ends
  both have taken 2.8 s
/executor/
  both have taken 1.3 s
*/
