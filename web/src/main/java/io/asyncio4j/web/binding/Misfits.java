package io.asyncio4j.web.binding;

import io.asyncio4j.web.schema.DeclarationException;
import io.asyncio4j.web.schema.FileShape;
import io.asyncio4j.web.schema.ListShape;
import io.asyncio4j.web.schema.MapShape;
import io.asyncio4j.web.schema.RecordShape;
import io.asyncio4j.web.schema.Shape;
import io.asyncio4j.web.schema.UnionShape;
import org.jspecify.annotations.Nullable;

/// The search for parameters whose type no value of their place can have: an object in a query, for
/// instance.
final class Misfits {
    private Misfits() {}

    /// Returns what is wrong, and what to do about it; null if nothing is.
    static @Nullable String of(Input input) {
        if (input.shape() == null) {
            return null;
        }
        Shape shape = input.shape().present();
        Place place = input.place();
        if (place == Place.BODY) {
            return shape.isFile() ? "A JSON body has no files; make it a @FormParam" : null;
        }
        if (shape instanceof RecordShape model && place != Place.PATH) {
            return ofComponents(model, place);
        }
        if (place == Place.PATH && shape instanceof ListShape) {
            return "A parameter of the path is one text, but the type is a list; read it as a String, or take"
                    + " the list from the query";
        }
        return ofText(shape, place);
    }

    /// Returns what is wrong with a record of which each component is a parameter.
    private static @Nullable String ofComponents(RecordShape model, Place place) {
        for (RecordShape.Field field : model.fields()) {
            String misfit = ofText(field.shape().present(), place);
            if (misfit != null) {
                return "Each component of " + model.name() + " is a parameter, and one is '" + field.component() + "'. "
                        + misfit;
            }
        }
        return null;
    }

    private static @Nullable String ofText(Shape shape, Place place) {
        Shape single = shape instanceof ListShape list ? list.item().present() : shape;
        if (single instanceof FileShape && place != Place.FORM) {
            return "A file comes in a form only; make it a @FormParam";
        }
        if (single instanceof RecordShape
                || single instanceof UnionShape
                || single instanceof MapShape
                || single instanceof ListShape) {
            return "Its values are texts, of which none is a " + single.type().getSimpleName()
                    + "; make it a @Body, or take its parts as parameters";
        }
        return null;
    }

    /// Returns what is wrong with a parameter's examples, and what to do about it; null if nothing
    /// is.
    ///
    /// @param isPart whether it is a part of the body
    static @Nullable String ofExamples(Input input, boolean isPart) {
        if (input.shape() == null || input.shown().examples().isEmpty()) {
            return null;
        }
        if (isPart && !input.shown().examples().named().isEmpty()) {
            return "The example '"
                    + input.shown().examples().named().keySet().iterator().next()
                    + "' has a name, but only those of the body as a whole do, and this is a part of it; remove the"
                    + " name";
        }
        try {
            input.shown().examples().requireFitting(input.shape());
            return null;
        } catch (DeclarationException mistake) {
            return mistake.getMessage();
        }
    }
}
