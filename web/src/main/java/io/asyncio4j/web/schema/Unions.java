package io.asyncio4j.web.schema;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.LinkedHashMap;
import java.util.Map;

/// The records of a sealed interface and what tells them apart, by Jackson's annotations: answers
/// are written with the same property.
///
/// @param members by the property's text
record Unions(String property, Map<String, Class<?>> members) {
    /// @throws DeclarationException if nothing tells them apart
    static Unions of(Class<?> type) {
        JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
        if (info == null) {
            throw new DeclarationException("Nothing tells the records of the sealed type " + type.getSimpleName()
                    + " apart; write @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = \"type\") before it");
        }
        boolean byProperty =
                info.include() == JsonTypeInfo.As.PROPERTY || info.include() == JsonTypeInfo.As.EXISTING_PROPERTY;
        boolean byName = info.use() == JsonTypeInfo.Id.NAME || info.use() == JsonTypeInfo.Id.SIMPLE_NAME;
        if (!byProperty || !byName) {
            throw new DeclarationException("@JsonTypeInfo of " + type.getSimpleName() + " has use = " + info.use()
                    + " and include = " + info.include() + "; only NAME with PROPERTY can be read");
        }
        String property = info.property().isEmpty() ? info.use().getDefaultPropertyName() : info.property();
        Map<String, Class<?>> members = new LinkedHashMap<>();
        collect(type, type, info.use() == JsonTypeInfo.Id.SIMPLE_NAME, members);
        return new Unions(property, members);
    }

    private static void collect(Class<?> root, Class<?> type, boolean simple, Map<String, Class<?>> members) {
        for (Class<?> member : type.getPermittedSubclasses()) {
            if (member.isSealed()) {
                collect(root, member, simple, members);
            } else if (!member.isRecord()) {
                throw new DeclarationException(member.getSimpleName() + ", which is a " + root.getSimpleName()
                        + ", is no record; make it one");
            } else {
                Class<?> other = members.put(name(root, member, simple), member);
                if (other != null) {
                    throw new DeclarationException("The records " + other.getSimpleName() + " and "
                            + member.getSimpleName() + " have the same name; change one @JsonTypeName");
                }
            }
        }
    }

    private static String name(Class<?> root, Class<?> member, boolean simple) {
        JsonSubTypes types = root.getAnnotation(JsonSubTypes.class);
        if (types != null) {
            for (JsonSubTypes.Type one : types.value()) {
                if (one.value() == member && !one.name().isEmpty()) {
                    return one.name();
                }
            }
        }
        JsonTypeName name = member.getAnnotation(JsonTypeName.class);
        if (name != null && !name.value().isEmpty()) {
            return name.value();
        }
        // As Jackson does: a nested class has its outer one's name before it.
        String full = member.getName();
        return full.substring(Math.max(full.lastIndexOf('.'), simple ? full.lastIndexOf('$') : -1) + 1);
    }
}
