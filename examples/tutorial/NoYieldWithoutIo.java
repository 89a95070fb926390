// A task that waits for nothing never gives up control: aaa ends before bbb starts.

import static io.asyncio4j.Asyncio.*;

void task(String who) {
    IO.println("开始 " + who);
    var a = BigInteger.ONE;
    for (int i = 0; i < 10_000; i++) {
        a = a.add(a.multiply(BigInteger.valueOf(i)));
    }
    IO.println("结束 " + who);
}

void main() {
    run(() -> {
        taskGroup(tg -> {
            tg.createTask(() -> task("aaa"));
            tg.createTask(() -> task("bbb"));
        });
    });
}
