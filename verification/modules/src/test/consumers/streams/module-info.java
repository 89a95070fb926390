/// A program that uses streams.
module consumer.streams {
    requires io.asyncio4j.streams;
}
