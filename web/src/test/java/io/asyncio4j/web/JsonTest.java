package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.asyncio4j.web.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonTest {
    enum Size {
        @JsonProperty("s")
        SMALL,
        LARGE;

        @Override
        public String toString() {
            return "size";
        }
    }

    record Item(
            @JsonProperty("z-name") String name,
            Optional<Size> size,
            Optional<String> none,
            @Nullable String a) {}

    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void timesHaveSecondsAndSixDigitsOrNone() {
        List<Object> values = List.of(
                LocalDate.of(2020, 1, 2),
                LocalDateTime.parse("2020-01-02T03:04"),
                LocalDateTime.parse("2020-01-02T03:04:05.1"),
                OffsetDateTime.parse("2020-01-02T03:04Z"),
                OffsetDateTime.parse("2020-01-02T03:04:05.123456789+02:30"),
                Instant.parse("2020-01-02T03:04:05Z"),
                LocalTime.of(3, 4),
                LocalTime.parse("03:04:05.000001"),
                Duration.ofHours(25));

        assertThat(json(values))
                .isEqualTo("['2020-01-02','2020-01-02T03:04:00','2020-01-02T03:04:05.100000',"
                        + "'2020-01-02T03:04:00Z','2020-01-02T03:04:05.123456+02:30','2020-01-02T03:04:05Z',"
                        + "'03:04:00','03:04:05.000001','PT25H']");
    }

    @Test
    void recordsKeepTheirOrderAndNames() {
        assertThat(json(new Item("n", Optional.of(Size.SMALL), Optional.empty(), null)))
                .isEqualTo("{'z-name':'n','size':'s','none':null,'a':null}");
    }

    @Test
    void otherValuesAreAsClientsOfFastApiKnowThem() {
        assertThat(json(Arrays.asList(
                        5.0,
                        new BigDecimal("1.50"),
                        Size.LARGE,
                        UUID.fromString("0000000A-0000-0000-0000-00000000000F"))))
                .isEqualTo("[5.0,1.50,'LARGE','0000000a-0000-0000-0000-00000000000f']");
    }
}
