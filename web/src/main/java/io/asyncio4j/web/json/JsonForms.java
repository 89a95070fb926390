package io.asyncio4j.web.json;

import io.asyncio4j.web.UploadFile;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/// The forms of values in JSON that differ from Jackson's: times have seconds always, and either
/// six digits of a fraction or none.
public final class JsonForms {
    private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MICROS = new DateTimeFormatterBuilder()
            .append(WHOLE)
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
            .toFormatter();
    private static final int NANOS_OF_MICRO = 1_000;

    private JsonForms() {}

    public static SimpleModule module() {
        return new SimpleModule("asyncio4j")
                .addSerializer(LocalTime.class, new Form<>(JsonForms::time))
                .addSerializer(LocalDateTime.class, new Form<>(JsonForms::dateTime))
                .addSerializer(OffsetDateTime.class, new Form<>(JsonForms::dateTime))
                .addSerializer(Instant.class, new Form<>(instant -> dateTime(instant.atOffset(ZoneOffset.UTC))))
                .addSerializer(UploadFile.class, new Form<>(UploadFile::name));
    }

    private static String time(TemporalAccessor time) {
        boolean whole = time.get(ChronoField.NANO_OF_SECOND) < NANOS_OF_MICRO;
        return (whole ? WHOLE : MICROS).format(time);
    }

    private static String dateTime(LocalDateTime time) {
        return time.toLocalDate() + "T" + time(time);
    }

    private static String dateTime(OffsetDateTime time) {
        return dateTime(time.toLocalDateTime()) + time.getOffset();
    }

    /// The text that a value becomes.
    @FunctionalInterface
    private interface Text<T> {
        String of(T value);
    }

    private static final class Form<T> extends ValueSerializer<T> {
        private final Text<T> text;

        Form(Text<T> text) {
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(text.of(value));
        }
    }
}
