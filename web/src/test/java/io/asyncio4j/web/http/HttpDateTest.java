package io.asyncio4j.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HttpDateTest {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Test
    void theFormIsThatOfTheStandard() {
        Instant time = Instant.parse("1994-11-06T08:49:37.999Z");
        assertThat(HttpDate.format(time)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT")).isEqualTo(Instant.parse("1994-11-06T08:49:37Z"));
        assertThat(HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT")).isNull();
    }

    @Test
    void allTimesAreAsTheJdkFormatsThem() {
        Random random = new Random(7);
        long first = Instant.parse("-0003-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("+10003-01-01T00:00:00Z").getEpochSecond();
        for (int i = 0; i < 2_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(first, last), random.nextInt(1_000_000_000));
            assertThat(HttpDate.format(time)).isEqualTo(FORM.format(time));
        }
    }
}
