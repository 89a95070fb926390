package io.asyncio4j.web.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.asyncio4j.web.DefaultValue;
import io.asyncio4j.web.Example;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reading of a record's components.
final class Components {
    private Components() {}

    /// @throws DeclarationException if there is no such field; the message names record and
    ///     component
    static RecordShape.Field field(RecordComponent component, Bindings bindings, ShapeBuilder builder) {
        try {
            Set<Annotation> annotations = annotations(component);
            Shape shape = builder.build(component.getAnnotatedType(), bindings, annotations);
            JsonProperty property = find(annotations, JsonProperty.class);
            boolean named = property != null && !property.value().isEmpty();
            String name = named && property != null ? property.value() : component.getName();
            DefaultValue byDefault = find(annotations, DefaultValue.class);
            Object value = byDefault == null ? null : Shapes.defaultOf(shape, byDefault.value());
            List<Example> examples = List.of(component.getAnnotationsByType(Example.class));
            builder.checkLater(place(component), examples, shape);
            return new RecordShape.Field(name, component.getName(), named, shape, byDefault != null, value, examples);
        } catch (DeclarationException mistake) {
            throw new DeclarationException(place(component) + ": " + mistake.getMessage(), mistake);
        }
    }

    private static String place(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    /// Returns the annotations of a component, and of the members that it stands for: an annotation
    /// is on those which it is for.
    private static Set<Annotation> annotations(RecordComponent component) {
        Set<Annotation> all = new LinkedHashSet<>();
        add(all, component);
        add(all, component.getAccessor());
        try {
            Class<?> type = component.getDeclaringRecord();
            add(all, type.getDeclaredField(component.getName()));
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            Parameter[] parameters = constructor.getParameters();
            for (int i = 0; i < components.length; i++) {
                if (components[i].getName().equals(component.getName())) {
                    add(all, parameters[i]);
                }
            }
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("No member of " + component, impossible);
        }
        return all;
    }

    private static void add(Set<Annotation> all, AnnotatedElement element) {
        Collections.addAll(all, element.getAnnotations());
    }

    private static <A extends Annotation> @Nullable A find(Set<Annotation> annotations, Class<A> type) {
        for (Annotation annotation : annotations) {
            if (type.isInstance(annotation)) {
                return type.cast(annotation);
            }
        }
        return null;
    }
}
