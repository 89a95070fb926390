// Making a coroutine runs nothing. Awaiting it does, each time anew.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.Coroutine;

String task() {
    IO.println("running");
    return "done";
}

void main() {
    run(() -> {
        Coroutine<String> coroutine = () -> task();
        IO.println("nothing has run");
        IO.println(await(coroutine));
    });
}
