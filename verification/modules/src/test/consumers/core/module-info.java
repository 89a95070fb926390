/// A program that uses nothing but core.
module consumer.core {
    requires io.asyncio4j;
}
