// Blocking code, computations and completion stages: docs/threads.md.

import static io.asyncio4j.Asyncio.*;

String query() throws InterruptedException {
    Thread.sleep(100); // stands for JDBC, files: whatever blocks its thread
    return "row";
}

long sum(int limit) {
    return LongStream.rangeClosed(1, limit).sum();
}

CompletableFuture<String> request() {
    return CompletableFuture.supplyAsync(() -> "response"); // stands for HttpClient.sendAsync
}

void main() throws InterruptedException {
    run(() -> {
        String row = toThread(() -> query()); // a virtual thread outside the loop
        long sum = await(runInExecutor(() -> sum(1000))); // a pool of as many threads as processors
        String response = await(request()); // any CompletionStage
        IO.println(row + ", " + sum + ", " + response);
    });
}

// Output:
// row, 500500, response
