package io.asyncio4j.web.schema;

import io.asyncio4j.web.UploadFile;
import io.asyncio4j.web.scalar.Fault;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of a form.
public final class FileShape extends Shape {
    private final Check[] checks;

    FileShape(Check[] checks) {
        this.checks = checks;
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        return checked(input instanceof UploadFile ? input : fault(input), checks, input, problems);
    }

    private static Fault fault(@Nullable Object input) {
        String type = switch (input) {
            case null -> "NoneType";
            case String _ -> "str";
            case Boolean _ -> "bool";
            case Long _ -> "int";
            case BigInteger _ -> "int";
            case Double _ -> "float";
            case List<?> _ -> "list";
            case Map<?, ?> _ -> "dict";
            default -> "bytes";
        };
        return Fault.ofValue("Expected UploadFile, received: <class '" + type + "'>");
    }

    @Override
    public boolean isFile() {
        return true;
    }

    @Override
    public Class<?> type() {
        return UploadFile.class;
    }
}
