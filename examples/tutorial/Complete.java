// The complete example: two tasks that compute, wait for "I/O", and go on.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

/// Awaiting this runs it to its end and returns its value. It waits for nothing, so it never gives
/// up control.
String test() {
    IO.println("test");
    var a = BigInteger.ONE;
    for (int i = 0; i < 10_000; i++) {
        a = a.add(a.multiply(BigInteger.valueOf(i)));
    }
    return "test";
}

String fakeUpdate(int seconds, String who) {
    IO.println(who);
    test();
    IO.println("模拟io操作 " + who);
    sleep(ofSeconds(seconds)); // others run meanwhile
    IO.println("我是 " + who);
    return who;
}

void taskA() {
    IO.println("aaaaa");
    fakeUpdate(2, "任务a");
}

void taskB() {
    IO.println("bbbbb");
    fakeUpdate(1, "任务b");
}

void main() {
    run(() -> {
        IO.println("开始");
        taskGroup(tg -> {
            tg.createTask(() -> taskA());
            tg.createTask(() -> taskB());
        });
        IO.println("结束");
    });
}
