package io.asyncio4j.web.http;

/// The layer above the protocols: finds out what a request calls.
public interface Application {
    /// Returns what `request` calls. Called on the loop, outside of tasks, before the body has
    /// come; neither suspends nor runs code of the program.
    Call route(RequestHead request);

    /// A request's call, run once in a task of its own.
    interface Call {
        /// Returns what the task is named after, such as `GET /items/{id}`.
        String name();

        /// Answers the request. Suspends.
        ///
        /// @throws HttpError to have the protocol answer, if nothing was answered so far
        /// @throws Exception whatever went wrong; without an answer so far, the client gets status
        ///     500
        void serve(Exchange exchange) throws Exception;
    }
}
