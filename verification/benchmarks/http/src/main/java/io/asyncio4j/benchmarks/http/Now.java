package io.asyncio4j.benchmarks.http;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// The date for the heads of answers, made once a second: for servers that do not add one
/// themselves. Used by one thread.
final class Now {
    private static long second;
    private static String date = "";

    private Now() {}

    static String date() {
        long now = System.currentTimeMillis() / 1000;
        if (now != second) {
            second = now;
            date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        }
        return date;
    }
}
