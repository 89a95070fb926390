package io.asyncio4j.web.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.asyncio4j.web.Example;
import io.asyncio4j.web.UploadFile;
import io.asyncio4j.web.scalar.Scalar;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The way from one declared type to its shape. Knows the records that it has met, which may
/// contain themselves.
final class ShapeBuilder {
    /// More nested records than anyone writes by hand: a generic one that contains ever larger
    /// ones.
    private static final int DEEPEST = 100;

    private record Use(Class<?> type, Bindings bindings) {}

    private final Map<Use, RecordDefinition> records = new HashMap<>();
    private final Map<Class<?>, UnionShape> unions = new HashMap<>();
    private final List<Shown> shown = new ArrayList<>();
    private int depth;

    /// Examples that are checked when all records have their fields.
    private record Shown(String place, List<Example> examples, Shape shape) {}

    /// @param place the component or type, for messages
    void checkLater(String place, List<Example> examples, Shape shape) {
        if (!examples.isEmpty()) {
            shown.add(new Shown(place, examples, shape));
        }
    }

    /// @throws DeclarationException if an example of a component or type is wrong
    void checkExamples() {
        for (Shown one : shown) {
            try {
                Examples.requireFitting(Examples.ofSchema(one.examples, one.shape), one.shape);
            } catch (DeclarationException mistake) {
                throw new DeclarationException(one.place + ": " + mistake.getMessage(), mistake);
            }
        }
    }

    /// @param annotations those that are declared before it
    /// @throws DeclarationException if there is no such shape
    Shape build(AnnotatedType type, Bindings bindings, Collection<Annotation> annotations) {
        Set<Annotation> all = new LinkedHashSet<>(annotations);
        all.addAll(Arrays.asList(type.getAnnotations()));
        if (type instanceof AnnotatedTypeVariable) {
            Bindings.Bound bound = bindings.get(type.getType());
            if (bound == null) {
                throw new DeclarationException(
                        "The type parameter " + type.getType().getTypeName()
                                + " is not known here; write the type argument, such as Page<Item>");
            }
            return build(bound.type(), bound.around(), all);
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            return build(wildcard.getAnnotatedUpperBounds()[0], bindings, all);
        }
        if (type.getType() instanceof Class<?> raw && raw == Optional.class) {
            throw new DeclarationException("Optional has no type argument; write one, such as Optional<String>");
        }
        if (raw(type.getType()) == Optional.class) {
            all.removeIf(ShapeBuilder::isNullable);
            return new OptionalShape(build(argument(type, 0), bindings, all), true);
        }
        if (!all.removeIf(ShapeBuilder::isNullable)) {
            return buildRequired(type, bindings, all);
        }
        if (raw(type.getType()).isPrimitive()) {
            throw new DeclarationException(
                    "A primitive " + type.getType() + " cannot be @Nullable; use its class, such" + " as Integer");
        }
        Shape required = buildRequired(type, bindings, all);
        return required instanceof OptionalShape ? required : new OptionalShape(required, false);
    }

    static boolean isNullable(Annotation annotation) {
        return annotation.annotationType().getSimpleName().equals("Nullable");
    }

    static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> itself -> itself;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> Object[].class; // an array of a generic type
        };
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        if (type instanceof AnnotatedParameterizedType generic) {
            return generic.getAnnotatedActualTypeArguments()[index];
        }
        String name = raw(type.getType()).getSimpleName();
        throw new DeclarationException(name + " has no type argument; write "
                + (name.equals("Map") ? "Map<String, Integer>" : name + "<String>") + ", for instance");
    }

    private Shape buildRequired(AnnotatedType type, Bindings bindings, Set<Annotation> annotations) {
        Class<?> raw = raw(type.getType());
        Scalar scalar = Scalar.of(raw);
        if (scalar != null) {
            return new ScalarShape(scalar, raw, rules(annotations, ScalarShape.target(scalar), raw));
        }
        if (raw == List.class || raw == Collection.class || raw == Set.class) {
            Rules rules = rules(annotations, ConstraintAnnotations.Target.COLLECTION, raw);
            return new ListShape(raw, build(argument(type, 0), bindings, Set.of()), rules);
        }
        if (raw == Map.class) {
            Rules rules = rules(annotations, ConstraintAnnotations.Target.COLLECTION, raw);
            Shape key = build(argument(type, 0), bindings, Set.of());
            return new MapShape(key, build(argument(type, 1), bindings, Set.of()), rules);
        }
        Check[] checks = checks(annotations, raw);
        if (raw.isRecord()) {
            return new RecordShape(define(new Use(raw, bindings.of(raw, type)), type), checks);
        }
        return buildOther(raw, checks);
    }

    private Shape buildOther(Class<?> raw, Check[] checks) {
        if (!raw.isSealed() && !RecordShape.examples(raw).isEmpty()) {
            throw new DeclarationException("@Example is for records and sealed interfaces, but " + raw.getSimpleName()
                    + " is neither; write it at the parameter or component");
        }
        if (raw.isEnum()) {
            return new EnumShape(raw, checks);
        }
        if (raw == Object.class || raw == JsonNode.class) {
            return new AnyShape(raw, checks);
        }
        if (raw == UploadFile.class) {
            return new FileShape(checks);
        }
        if (raw.isSealed()) {
            return union(raw, checks);
        }
        if (raw.isArray()) {
            throw new DeclarationException("An array, " + raw.getSimpleName() + ", cannot be read; use a List");
        }
        ConvertedShape converted = ConvertedShape.of(raw, checks);
        if (converted == null) {
            throw new DeclarationException("The type " + raw.getTypeName()
                    + " cannot be read; make it a record, give it a public static method of(String), or provide it");
        }
        return converted;
    }

    private static Rules rules(Set<Annotation> annotations, ConstraintAnnotations.Target target, Class<?> type) {
        return annotations.isEmpty()
                ? new Rules()
                : ConstraintAnnotations.read(annotations, target, type.getSimpleName());
    }

    /// Returns those of types which have no bounds: a validator has them.
    private static Check[] checks(Collection<Annotation> annotations, Class<?> type) {
        if (annotations.isEmpty()) {
            return Shape.NO_CHECKS;
        }
        List<Check> all = new ArrayList<>();
        Rules rules = ConstraintAnnotations.read(annotations, ConstraintAnnotations.Target.OTHER, type.getSimpleName());
        ValidatorCheck.addTo(all, type, rules.others);
        return all.toArray(Shape.NO_CHECKS);
    }

    private RecordDefinition define(Use use, AnnotatedType type) {
        RecordDefinition known = records.get(use);
        if (known != null) {
            return known;
        }
        Class<?> raw = use.type;
        if (++depth > DEEPEST) {
            throw new DeclarationException("Record " + raw.getSimpleName()
                    + " contains itself with ever other type arguments; use the same ones inside");
        }
        JsonIgnoreProperties ignore = raw.getAnnotation(JsonIgnoreProperties.class);
        boolean closed = ignore != null && !ignore.ignoreUnknown() && ignore.value().length == 0;
        Check[] ownChecks = checks(Arrays.asList(raw.getAnnotations()), raw);
        RecordDefinition definition =
                new RecordDefinition(raw, simpleName(type.getType()), closed, RecordMaker.of(raw), ownChecks);
        records.put(use, definition);
        List<RecordShape.Field> fields = new ArrayList<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            fields.add(Components.field(component, use.bindings, this));
        }
        definition.define(fields);
        checkLater(raw.getSimpleName(), RecordShape.examples(raw), new RecordShape(definition, Shape.NO_CHECKS));
        depth--;
        return definition;
    }

    /// Returns a type without packages and annotations, such as `Page<Item>`.
    private static String simpleName(Type type) {
        if (!(type instanceof ParameterizedType generic)) {
            return type instanceof Class<?> raw ? raw.getSimpleName() : type.getTypeName();
        }
        List<String> arguments = new ArrayList<>();
        for (Type argument : generic.getActualTypeArguments()) {
            arguments.add(simpleName(argument));
        }
        return raw(type).getSimpleName() + "<" + String.join(", ", arguments) + ">";
    }

    private Shape union(Class<?> type, Check[] checks) {
        UnionShape known = unions.get(type);
        if (known != null) {
            return known;
        }
        Unions declared = Unions.of(type);
        UnionShape union = new UnionShape(type, declared.property(), checks);
        unions.put(type, union);
        declared.members().forEach((tag, member) -> {
            Use use = new Use(member, Bindings.NONE);
            union.add(tag, new RecordShape(define(use, new PlainType(member)), Shape.NO_CHECKS));
        });
        checkLater(type.getSimpleName(), RecordShape.examples(type), union);
        return union;
    }
}
