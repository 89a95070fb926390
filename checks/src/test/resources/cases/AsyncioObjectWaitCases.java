import io.asyncio4j.Coroutine;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.sync.Barrier;
import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Queue;

class AsyncioObjectWaitCases {
    final Event ready = new Event();

    void waitForAnEvent(Event event) throws Exception {
        // finds: wait is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   event.await().
        // fix: event.await();
        event.wait();
    }

    void waitForAnEventOfAField() throws Exception {
        // finds: wait is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   this.ready.await().
        // fix: this.ready.await();
        this.ready.wait();
    }

    void waitForSomeTime(Event event) throws Exception {
        // finds: wait is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   timeout(duration, () -> event.await()).
        event.wait(1000);
    }

    void setAnEvent(Event event) {
        // finds: notifyAll is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   event.set().
        // fix: event.set();
        event.notifyAll();
    }

    void waitForACondition(Condition condition) throws Exception {
        // finds: wait is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   condition.await().
        // fix: condition.await();
        condition.wait();
    }

    void signalOne(Condition condition) {
        // finds: notify is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   condition.signal().
        // fix: condition.signal();
        condition.notify();
    }

    void signalAll(Condition condition) {
        synchronized (condition) {
            // finds: notifyAll is Object's method, about threads and not about tasks, and blocks or fails here. Write
            //   condition.signalAll().
            // fix: condition.signalAll();
            condition.notifyAll();
        }
    }

    void waitForATask(Task<String> task) throws Exception {
        // finds: wait is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   task.await().
        // fix: task.await();
        task.wait();
    }

    void waitForAFuture(Future<String> future) throws Exception {
        // finds: wait is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   future.await().
        // fix: future.await();
        future.wait();
    }

    void waitForABarrier(Barrier barrier) throws Exception {
        // finds: wait is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   barrier.await().
        // fix: barrier.await();
        barrier.wait();
    }

    void waitForAQueue(Queue<String> queue) throws Exception {
        // finds: wait is Object's method, about threads and not about tasks, and blocks or fails here. A Queue has no
        //   such method for tasks.
        queue.wait();
    }

    void notifyALock(Lock lock) {
        // finds: notify is Object's method, about threads and not about tasks, and blocks or fails here. A Lock has no
        //   such method for tasks.
        lock.notify();
    }

    void waitForACoroutine(Coroutine<String> coroutine) throws Exception {
        // finds: wait is Object's method, about threads and not about tasks, and blocks or fails here. Write
        //   coroutine.await().
        // fix: coroutine.await();
        coroutine.wait();
    }

    void theLibrarysMethods(Event event, Condition condition) {
        event.await();
        event.set();
        condition.signal();
        condition.signalAll();
    }

    void aMonitorOfTheProgram(Object monitor) throws Exception {
        synchronized (monitor) {
            monitor.wait();
            monitor.notifyAll();
        }
    }

    synchronized void itsOwnMonitor() throws Exception {
        wait();
        notifyAll();
    }

    void aMethodOfTheSameName(Doorbell doorbell) {
        doorbell.wait("a while");
    }

    static class Doorbell {
        void wait(String howLong) {}
    }
}
