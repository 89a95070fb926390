package io.asyncio4j.web.schema;

/// The kinds of single values.
public enum Scalar {
    STRING,
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    BIG_INTEGER,
    BIG_DECIMAL,
    LOCAL_DATE,
    LOCAL_DATE_TIME,
    OFFSET_DATE_TIME,
    INSTANT,
    LOCAL_TIME,
    DURATION,
    UUID
}
