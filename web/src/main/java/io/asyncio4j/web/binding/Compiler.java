package io.asyncio4j.web.binding;

import io.asyncio4j.web.Request;
import io.asyncio4j.web.schema.DeclarationException;
import io.asyncio4j.web.schema.Defaults;
import io.asyncio4j.web.schema.RecordShape;
import io.asyncio4j.web.schema.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The way from declarations to a [Plan], at the start of an application.
public final class Compiler {
    private final Providers providers;
    private final Mistakes mistakes;

    public Compiler(Providers providers, Mistakes mistakes) {
        this.providers = providers;
        this.mistakes = mistakes;
    }

    /// Returns the plan of a path function; whatever is wrong with it is added to the mistakes.
    ///
    /// @param pathNames the names in the path template
    /// @param context what is there and need not be read, by its type: a socket, for instance
    public Plan compile(Signature signature, Set<String> pathNames, Map<Class<?>, Function<Request, Object>> context) {
        return new Compilation(signature, pathNames, context).plan();
    }

    private final class Compilation {
        private final Signature root;
        private final Set<String> pathNames;
        private final Map<Class<?>, Function<Request, Object>> context;
        private final IdentityHashMap<Signature, List<Input>> inputs = new IdentityHashMap<>();
        private final IdentityHashMap<Signature, Invocation> invocations = new IdentityHashMap<>();
        private final List<Input> all = new ArrayList<>();
        private final Deque<Signature> path = new ArrayDeque<>();
        private boolean embeds;

        Compilation(Signature root, Set<String> pathNames, Map<Class<?>, Function<Request, Object>> context) {
            this.root = root;
            this.pathNames = pathNames;
            this.context = context;
        }

        Plan plan() {
            collect(root);
            List<Input> bodies =
                    all.stream().filter(input -> input.place() == Place.BODY).toList();
            Set<String> names = bodies.stream().map(Input::name).collect(Collectors.toCollection(TreeSet::new));
            embeds = names.size() > 1 || bodies.stream().anyMatch(Input::embedded);
            for (Input input : all) {
                mistakeOfExamples(input);
            }
            boolean form = all.stream().anyMatch(input -> input.place() == Place.FORM);
            if (form && !bodies.isEmpty()) {
                mistakes.add(
                        root.name(),
                        "It takes a form and a JSON body (" + names + "), but a request has one body;"
                                + " make all of them @FormParam or none");
            }
            Invocation invocation = compile(root);
            Plan.Needs needs = form ? Plan.Needs.FORM : bodies.isEmpty() ? Plan.Needs.NOTHING : Plan.Needs.BODY;
            return new Plan(invocation, needs, List.copyOf(all), embeds, root.result(mistakes));
        }

        private void mistakeOfExamples(Input input) {
            String mistake = Misfits.ofExamples(input, input.place() == Place.BODY ? embeds : isField(input));
            if (mistake != null) {
                mistakes.add(root.name() + ", parameter '" + input.name() + "'", mistake);
            }
        }

        /// Returns whether it is one of a form's fields, not the form as a whole.
        private boolean isField(Input input) {
            return input.place() == Place.FORM
                    && !(input.shape() instanceof RecordShape
                            && all.stream()
                                            .filter(other -> other.place() == Place.FORM)
                                            .count()
                                    == 1);
        }

        /// Finds the parameters of a function and of the providers that it uses.
        private void collect(Signature signature) {
            if (path.contains(signature)) {
                mistakes.add(
                        signature.name(),
                        "It is a provider that needs itself: " + circle(signature)
                                + "; have one of them take a Request instead");
                return;
            }
            if (inputs.containsKey(signature)) {
                return;
            }
            path.addLast(signature);
            List<Input> found = signature.inputs(pathNames, providers, mistakes);
            inputs.put(signature, found);
            for (Input input : found) {
                all.add(input);
                if (input.place() == Place.PATH && !pathNames.contains(input.name())) {
                    mistakes.add(signature.name(), MethodInputs.noSuchName(input.name(), pathNames));
                }
                String misfit = Misfits.of(input);
                if (misfit != null) {
                    mistakes.add(signature.name() + ", parameter '" + input.name() + "'", misfit);
                }
                if (signature instanceof Signature.OfInputs && input.shape() != null && input.hasDefault()) {
                    checkDefault(signature, input, input.shape());
                }
                Provision provision = input.place() == Place.PROVIDED ? providers.find(input.type()) : null;
                if (provision != null && provision.signature() != null) {
                    collect(provision.signature());
                } else if (input.place() == Place.PROVIDED && provision == null) {
                    mistakes.add(
                            signature.name(),
                            "Nobody provides " + input.type().getTypeName() + "; call provide("
                                    + input.type().getSimpleName() + ".class, ...) of the application");
                }
            }
            path.removeLast();
        }

        /// Checks a default that is given as an object. Those of annotations are texts, and have
        /// been read.
        private void checkDefault(Signature signature, Input input, Shape shape) {
            try {
                Defaults.requireFitting(shape, input.defaultValue());
            } catch (DeclarationException mistake) {
                mistakes.add(
                        signature.name() + ", parameter '" + input.name() + "'", String.valueOf(mistake.getMessage()));
            }
        }

        private String circle(Signature first) {
            return path.stream()
                            .dropWhile(signature -> signature != first)
                            .map(Signature::name)
                            .collect(Collectors.joining(" needs "))
                    + " needs " + first.name();
        }

        private Invocation compile(Signature signature) {
            Invocation known = invocations.get(signature);
            if (known != null) {
                return known;
            }
            List<Reading> readings = new ArrayList<>();
            for (Input input : inputs.getOrDefault(signature, List.of())) {
                readings.add(reading(input));
            }
            Invocation made = new Invocation(signature.function(), readings);
            invocations.put(signature, made);
            return made;
        }

        private final Set<Signature> compiling = new HashSet<>();

        private Reading reading(Input input) {
            return switch (input.place()) {
                case CONTEXT -> Reading.of(Place.CONTEXT, context(input.type()));
                case PROVIDED -> Reading.of(Place.PROVIDED, provided(input));
                case BODY -> Reading.ofBody(input, embeds);
                default -> Reading.ofText(input);
            };
        }

        private Reading.Getter context(Class<?> type) {
            if (type == Request.class) {
                return binding -> binding.request;
            }
            Function<Request, Object> getter = context.get(type);
            if (getter == null) {
                mistakes.add(
                        root.name(),
                        "It takes a " + type.getSimpleName() + ", which only a path function with @WebSocket has");
                return _ -> null;
            }
            return binding -> getter.apply(binding.request);
        }

        private Reading.Getter provided(Input input) {
            Provision provision = providers.find(input.type());
            if (provision == null) {
                return _ -> null; // a mistake already
            }
            Signature signature = provision.signature();
            @Nullable Invocation invocation = null;
            if (signature != null && compiling.add(signature)) {
                invocation = compile(signature);
                compiling.remove(signature);
            }
            boolean optional = input.optional();
            Invocation makes = invocation;
            return binding -> Objects.requireNonNull(provision).get(binding, makes, optional);
        }
    }
}
