/// A program that uses virtual time, without JUnit, AssertJ and streams.
module consumer.testing {
    requires io.asyncio4j.testing;
}
