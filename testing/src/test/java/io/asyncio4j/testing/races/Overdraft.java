package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

/// The balance is checked, then the payment is authorised, then booked: two payments can pass the
/// check that together they would not.
final class Overdraft implements Race {
    private abstract static class Account {
        int balance = 100;

        abstract boolean pay(int amount);

        void authorise() {
            sleep(ofMillis(50));
        }
    }

    private static final class Broken extends Account {
        @Override
        boolean pay(int amount) {
            if (balance < amount) {
                return false;
            }
            authorise();
            balance -= amount;
            return true;
        }
    }

    /// Checks once more where it acts, with no await in between.
    private static final class Corrected extends Account {
        @Override
        boolean pay(int amount) {
            if (balance < amount) {
                return false;
            }
            authorise();
            if (balance < amount) {
                return false;
            }
            balance -= amount;
            return true;
        }
    }

    @Override
    public void broken() {
        scenario(new Broken());
    }

    @Override
    public void corrected() {
        scenario(new Corrected());
    }

    private static void scenario(Account account) {
        taskGroup(group -> {
            group.createTask("rent", () -> account.pay(80));
            group.createTask("shop", () -> {
                sleep(ofMillis(50));
                account.pay(40);
            });
            group.createTask("statement", () -> {
                sleep(ofMillis(25));
                assertThat(account.balance).isNotNegative();
            });
        });
        assertThat(account.balance).as("balance").isNotNegative();
    }
}
