/// A program that serves typed routes. The library calls its path functions and makes its records,
/// Jackson reads them.
module consumer.web {
    requires io.asyncio4j.web;
    requires java.logging;

    opens consumer.web to
            io.asyncio4j.web,
            tools.jackson.databind;
}
