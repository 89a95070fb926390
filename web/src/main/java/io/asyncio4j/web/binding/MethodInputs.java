package io.asyncio4j.web.binding;

import io.asyncio4j.web.BackgroundTasks;
import io.asyncio4j.web.Body;
import io.asyncio4j.web.CookieParam;
import io.asyncio4j.web.DefaultValue;
import io.asyncio4j.web.Description;
import io.asyncio4j.web.Example;
import io.asyncio4j.web.FormParam;
import io.asyncio4j.web.HeaderParam;
import io.asyncio4j.web.Hidden;
import io.asyncio4j.web.PathParam;
import io.asyncio4j.web.QueryParam;
import io.asyncio4j.web.Request;
import io.asyncio4j.web.WebSocketSession;
import io.asyncio4j.web.schema.DeclarationException;
import io.asyncio4j.web.schema.Examples;
import io.asyncio4j.web.schema.ListShape;
import io.asyncio4j.web.schema.MapShape;
import io.asyncio4j.web.schema.RecordShape;
import io.asyncio4j.web.schema.Shape;
import io.asyncio4j.web.schema.Shapes;
import io.asyncio4j.web.schema.UnionShape;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of a method, told apart by annotation, type and name; the first rule that fits
/// counts.
final class MethodInputs {
    private static final Set<Class<?>> CONTEXT = Set.of(Request.class, WebSocketSession.class, BackgroundTasks.class);

    private final String where;
    private final Set<String> pathNames;
    private final Providers providers;
    private final Mistakes mistakes;

    MethodInputs(String where, Set<String> pathNames, Providers providers, Mistakes mistakes) {
        this.where = where;
        this.pathNames = pathNames;
        this.providers = providers;
        this.mistakes = mistakes;
    }

    /// Returns the parameters, without those that are mistakes.
    List<Input> of(Method method) {
        List<Input> inputs = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            try {
                inputs.add(of(parameter));
            } catch (DeclarationException mistake) {
                String name = parameter.isNamePresent() ? "'" + parameter.getName() + "'" : parameter.toString();
                mistakes.add(where + ", parameter " + name, String.valueOf(mistake.getMessage()));
            }
        }
        return inputs;
    }

    /// The content of an annotation.
    ///
    /// @param given the name outside; empty if the parameter's own counts
    private record Told(Place place, String given, boolean embedded) {}

    private Input of(Parameter parameter) {
        Told told = told(parameter);
        Class<?> type = parameter.getType();
        if (told == null && CONTEXT.contains(type)) {
            return Input.of(Place.CONTEXT, parameter.getName(), type, false);
        }
        if (told == null) {
            Class<?> wanted = wanted(parameter);
            if (providers.has(wanted)) {
                return Input.of(Place.PROVIDED, parameter.getName(), wanted, wanted != type);
            }
        }
        Shape shape = Shapes.of(parameter.getAnnotatedType(), parameter);
        if (told == null) {
            told = new Told(byName(parameter, shape), "", false);
        }
        Input input = Input.of(told.place, name(told, parameter), shape, type).embedded(told.embedded);
        checkPath(input);
        DefaultValue byDefault = parameter.getAnnotation(DefaultValue.class);
        if (byDefault != null) {
            input = input.orElse(Shapes.defaultOf(shape, byDefault.value()));
        }
        Description description = parameter.getAnnotation(Description.class);
        return input.shown(new Input.Shown(
                description == null ? "" : description.value(),
                parameter.isAnnotationPresent(Hidden.class),
                Examples.of(parameter.getAnnotationsByType(Example.class), shape)));
    }

    private static @Nullable Told told(Parameter parameter) {
        List<Told> all = new ArrayList<>();
        PathParam path = parameter.getAnnotation(PathParam.class);
        if (path != null) {
            all.add(new Told(Place.PATH, path.value(), false));
        }
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        if (query != null) {
            all.add(new Told(Place.QUERY, query.value(), false));
        }
        HeaderParam header = parameter.getAnnotation(HeaderParam.class);
        if (header != null) {
            all.add(new Told(Place.HEADER, header.value(), false));
        }
        CookieParam cookie = parameter.getAnnotation(CookieParam.class);
        if (cookie != null) {
            all.add(new Told(Place.COOKIE, cookie.value(), false));
        }
        FormParam form = parameter.getAnnotation(FormParam.class);
        if (form != null) {
            all.add(new Told(Place.FORM, form.value(), false));
        }
        Body body = parameter.getAnnotation(Body.class);
        if (body != null) {
            all.add(new Told(Place.BODY, body.value(), body.embed()));
        }
        if (all.size() > 1) {
            throw new DeclarationException(
                    "It has " + all.size() + " annotations that each say where it comes from; keep one of them");
        }
        return all.isEmpty() ? null : all.getFirst();
    }

    /// Returns the type that is asked for, which may be wrapped in an [Optional].
    private static Class<?> wanted(Parameter parameter) {
        if (parameter.getType() == Optional.class
                && parameter.getParameterizedType() instanceof ParameterizedType optional) {
            return raw(optional.getActualTypeArguments()[0]);
        }
        return parameter.getType();
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> itself -> itself;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> Object.class;
        };
    }

    private Place byName(Parameter parameter, Shape shape) {
        if (pathNames.contains(ownName(parameter))) {
            return Place.PATH;
        }
        if (shape.isFile()) {
            return Place.FORM;
        }
        return isBody(shape.present()) ? Place.BODY : Place.QUERY;
    }

    private static boolean isBody(Shape shape) {
        return shape instanceof RecordShape
                || shape instanceof UnionShape
                || shape instanceof MapShape
                || (shape instanceof ListShape list && isBody(list.item()));
    }

    private static String name(Told told, Parameter parameter) {
        if (!told.given.isEmpty()) {
            return told.given;
        }
        String own = ownName(parameter);
        return told.place == Place.HEADER ? hyphenated(own) : own;
    }

    private static String ownName(Parameter parameter) {
        if (!parameter.isNamePresent()) {
            throw new DeclarationException("Its name is not in the class file; compile with -parameters, or give the"
                    + " name in an annotation such as @QueryParam(\"name\")");
        }
        return parameter.getName();
    }

    /// Returns `userAgent` and `user_agent` as `user-agent`.
    static String hyphenated(String name) {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                header.append('-');
            } else if (Character.isUpperCase(c)) {
                header.append('-').append(Character.toLowerCase(c));
            } else {
                header.append(c);
            }
        }
        return header.toString().toLowerCase(Locale.ROOT);
    }

    private void checkPath(Input input) {
        if (input.place() == Place.PATH && !pathNames.contains(input.name())) {
            throw new DeclarationException(noSuchName(input.name(), pathNames));
        }
    }

    static String noSuchName(String name, Set<String> pathNames) {
        return "The path has no parameter '" + name + "', but " + pathNames
                + "; write it into the path in braces, or rename it";
    }
}
