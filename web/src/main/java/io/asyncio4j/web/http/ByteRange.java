package io.asyncio4j.web.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A part of a file, of at least one byte: RFC 9110, section 14.
///
/// @param first the number of its first byte
/// @param last the number of its last byte
public record ByteRange(long first, long last) {
    /// The most ranges in one request, as in Starlette. More are ignored: each has a head in the
    /// answer, so that the answer to many small ones would be much larger than the file.
    private static final int MOST = 100;

    public long length() {
        return last - first + 1;
    }

    /// Returns the value of `Content-Range`.
    public String of(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }

    /// Returns what a header `Range` asks for of a file, in the file's order. Ranges that overlap
    /// or touch are one. What has no form of a range is left out, as in Starlette.
    ///
    /// @return null if the header is to be ignored; empty if a range begins beyond the file
    public static @Nullable List<ByteRange> parse(String header, long size) {
        int equals = header.indexOf('=');
        if (equals < 0
                || !header.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("bytes")) {
            return null;
        }
        String[] specs = header.substring(equals + 1).split(",", MOST + 1);
        if (specs.length > MOST) {
            return null;
        }
        List<ByteRange> ranges = new ArrayList<>();
        boolean beyond = false;
        for (String spec : specs) {
            ByteRange range = one(spec.strip(), size);
            if (range != null) {
                if (range.first > range.last && range.first < size) {
                    return null; // it ends before it begins
                }
                beyond |= range.first >= size;
                ranges.add(range);
            }
        }
        if (ranges.isEmpty()) {
            return null;
        }
        return beyond ? List.of() : merged(ranges);
    }

    /// Returns a range as it was asked for, but not beyond the end of the file; null if it has no
    /// form of a range. One whose end is before its begin has a first byte within the file.
    private static @Nullable ByteRange one(String spec, long size) {
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return null;
        }
        String from = spec.substring(0, dash).strip();
        String to = spec.substring(dash + 1).strip();
        long first = number(from);
        long last = number(to);
        if (from.isEmpty()) {
            return last < 0 ? null : new ByteRange(last == 0 ? size : Math.max(0, size - last), size - 1);
        }
        if (first < 0 || (last < 0 && !to.isEmpty())) {
            return null;
        }
        return new ByteRange(first, to.isEmpty() ? size - 1 : Math.min(last, size - 1));
    }

    private static List<ByteRange> merged(List<ByteRange> ranges) {
        ranges.sort(Comparator.comparingLong(ByteRange::first));
        List<ByteRange> merged = new ArrayList<>();
        for (ByteRange next : ranges) {
            ByteRange before = merged.isEmpty() ? null : merged.getLast();
            if (before == null || next.first > before.last + 1) {
                merged.add(next);
            } else {
                merged.set(merged.size() - 1, new ByteRange(before.first, Math.max(before.last, next.last)));
            }
        }
        return merged;
    }

    /// Returns a number of decimal digits; -1 if it is none.
    private static long number(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
