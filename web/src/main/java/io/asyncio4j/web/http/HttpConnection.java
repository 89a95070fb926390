package io.asyncio4j.web.http;

/// A client's connection with one of the protocols on it. Used on the loop.
public interface HttpConnection {
    /// Serves its requests until it is over. Suspends; called once, in the connection's task, of
    /// whose group the requests' tasks are.
    void serve();

    /// Takes no further requests; ends when those that are under way are answered.
    void shutDown();
}
