package io.asyncio4j.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// The reading of a thread dump.
final class ThreadDumpTest {
    private static final String DUMP = """
        {
          "threadDump": {
            "threadContainers": [
              {
                "container": "<root>",
                "threads": [
                  {
                    "tid": "20",
                    "name": "waits in wait()",
                    "state": "WAITING",
                    "waitingOn": "java.lang.Object@1",
                    "stack": [
                      "java.base\\/java.lang.Object.wait0(Native Method)"
                    ],
                    "monitorsOwned": [
                      {
                        "depth": 3,
                        "locks": [
                          "java.lang.Object@1"
                        ]
                      }
                    ]
                  },
                  {
                    "tid": "27",
                    "virtual": true,
                    "name": "",
                    "state": "BLOCKED",
                    "blockedOn": "java.lang.Object@1"
                  },
                  {
                    "tid": "28",
                    "name": "wants another",
                    "state": "BLOCKED",
                    "blockedOn": "Main$$Lambda\\/0x00@2"
                  },
                  {
                    "tid": "31",
                    "name": "the \\"owner\\"",
                    "state": "RUNNABLE",
                    "stack": [
                      "Main.run(Main.java:1)"
                    ],
                    "monitorsOwned": [
                      {
                        "depth": 9,
                        "locks": [
                          "java.lang.String@7",
                          "java.lang.Object@1"
                        ]
                      }
                    ]
                  }
                ]
              }
            ]
          }
        }
        """;

    private static BlockedOn read(long threadId) throws IOException {
        return new ThreadDump(threadId).read(new BufferedReader(new StringReader(DUMP)));
    }

    @Test
    void theOwnerIsWhoHasTheMonitorAndDoesNotWaitForIt() throws IOException {
        assertThat(read(27)).isEqualTo(new BlockedOn("the monitor of java.lang.Object@1", 31, "the \"owner\""));
    }

    @Test
    void aMonitorMayHaveNoKnownOwner() throws IOException {
        assertThat(read(28)).isEqualTo(new BlockedOn("the monitor of Main$$Lambda/0x00@2", -1, ""));
    }

    @Test
    void aThreadMayNotBeBlocked() throws IOException {
        assertThat(read(31)).isNull();
        assertThat(read(99)).isNull();
    }

    @Test
    void theDumpOfThisJvmIsUnderstood() throws InterruptedException {
        Object monitor = new Object();
        CountDownLatch entered = new CountDownLatch(1);
        Thread waiting;
        BlockedOn found;
        synchronized (monitor) {
            waiting = Thread.startVirtualThread(() -> {
                synchronized (monitor) {
                    entered.countDown();
                }
            });
            while (waiting.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            found = ThreadDump.ofMonitor(waiting.threadId());
        }
        entered.await();
        Thread me = Thread.currentThread();
        assertThat(found).isEqualTo(new BlockedOn("the monitor of " + monitor, me.threadId(), me.getName()));
    }
}
