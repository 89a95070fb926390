// A lock over an await, and a condition on what others do.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Lock;

int balance = 20;
final Lock lock = new Lock("account");
final Condition changed = new Condition("balance", lock);

void withdraw() {
    try (var _ = lock.acquire()) {
        int before = balance;
        sleep(ofSeconds(1)); // others run, but not in here
        balance = before - 10;
    }
}

void withdrawWhenPossible() {
    try (var _ = changed.acquire()) {
        changed.awaitUntil(() -> balance >= 10);
        balance -= 10;
    }
}

void deposit() {
    try (var _ = changed.acquire()) {
        balance += 15;
        changed.signalAll();
    }
}

void main() {
    run(() -> taskGroup(group -> {
        group.createTask(() -> withdraw());
        group.createTask(() -> withdraw());
        group.createTask(() -> withdrawWhenPossible());
        sleep(ofSeconds(3));
        IO.println(balance);
        deposit();
    }));
    IO.println(balance);
}

// Output:
// 0
// 5
