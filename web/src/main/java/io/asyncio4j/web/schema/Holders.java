package io.asyncio4j.web.schema;

import java.lang.annotation.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Classes with one field that has a value's type and constraints: a validator takes constraints
/// from members of classes only, but a value may be an item of a list as well.
final class Holders {
    static final String FIELD = "value";

    private static final ClassDesc NAME = ClassDesc.of("constrained.Holder");

    private Holders() {}

    static Class<?> of(Class<?> type, List<Annotation> annotations) {
        List<java.lang.classfile.Annotation> written =
                annotations.stream().map(Holders::written).toList();
        byte[] bytes = ClassFile.of()
                .build(
                        NAME,
                        holder -> holder.withFlags(ClassFile.ACC_PUBLIC)
                                .withField(
                                        FIELD,
                                        described(type),
                                        field -> field.withFlags(ClassFile.ACC_PUBLIC)
                                                .with(RuntimeVisibleAnnotationsAttribute.of(written))));
        return new Loader(loader(type, annotations)).define(bytes);
    }

    /// Returns a loader that knows the type and all annotations.
    private static @Nullable ClassLoader loader(Class<?> type, List<Annotation> annotations) {
        List<Class<?>> needed = new ArrayList<>(List.of(type));
        annotations.forEach(annotation -> needed.add(annotation.annotationType()));
        for (Class<?> candidate : needed) {
            if (needed.stream().allMatch(one -> isSeen(one, candidate.getClassLoader()))) {
                return candidate.getClassLoader();
            }
        }
        throw new DeclarationException("No class loader has both " + type.getTypeName() + " and its constraints "
                + annotations + "; put them on one class path");
    }

    private static boolean isSeen(Class<?> type, @Nullable ClassLoader loader) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    private static ClassDesc described(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    private static java.lang.classfile.Annotation written(Annotation annotation) {
        List<AnnotationElement> elements = new ArrayList<>();
        for (Method element : annotation.annotationType().getDeclaredMethods()) {
            elements.add(AnnotationElement.of(element.getName(), written(Attributes.get(annotation, element))));
        }
        return java.lang.classfile.Annotation.of(described(annotation.annotationType()), elements);
    }

    private static AnnotationValue written(Object value) {
        if (value.getClass().isArray()) {
            List<AnnotationValue> items = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                items.add(written(Array.get(value, i)));
            }
            return AnnotationValue.ofArray(items);
        }
        return switch (value) {
            case Annotation nested -> AnnotationValue.ofAnnotation(written(nested));
            case Enum<?> constant -> AnnotationValue.ofEnum(described(constant.getDeclaringClass()), constant.name());
            case Class<?> type -> AnnotationValue.ofClass(described(type));
            default -> AnnotationValue.of(value);
        };
    }

    private static final class Loader extends ClassLoader {
        Loader(@Nullable ClassLoader parent) {
            super(parent);
        }

        Class<?> define(byte[] bytes) {
            return defineClass(null, bytes, 0, bytes.length);
        }
    }
}
