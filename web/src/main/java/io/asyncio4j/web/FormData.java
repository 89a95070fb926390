package io.asyncio4j.web;

import io.asyncio4j.web.form.FormValues;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields and files of a form, in the order in which they came. FastAPI: `FormData`.
public sealed interface FormData permits FormValues {
    /// Returns the names of fields and files.
    Set<String> names();

    /// Returns the last text of a field; null if there is none.
    @Nullable
    String get(String name);

    /// Returns all texts of a field.
    List<String> all(String name);

    /// Returns the last file of this name; null if there is none.
    @Nullable
    UploadFile file(String name);

    /// Returns all files of this name.
    List<UploadFile> files(String name);

    /// Returns texts, as [String], and files, as [UploadFile].
    List<Object> values(String name);
}
