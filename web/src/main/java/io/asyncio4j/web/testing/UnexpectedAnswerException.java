package io.asyncio4j.web.testing;

/// An answer other than the WebSocket, or the stream of events, that a [TestClient] has asked for.
public final class UnexpectedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient TestResponse answer;

    UnexpectedAnswerException(String wanted, TestResponse answer) {
        super("The answer is no " + wanted + ", but has status " + answer.status() + ": " + answer.text());
        this.answer = answer;
    }

    /// Returns the answer.
    public TestResponse answer() {
        return answer;
    }
}
