package io.asyncio4j.web.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConstraintsTest {
    record Whole(
            @Min(1) @Max(5) int a,
            @Positive double b,
            @DecimalMax(value = "1.5", inclusive = false) int c) {}

    record Text(
            @Size(min = 1, max = 2) @Pattern(regexp = "[a-z\\x{1F600}]+")
            String a,

            @NotEmpty List<Integer> b) {}

    record Maps(
            @Size(max = 1) Map<String, Integer> a,
            @Size(max = 1) List<Integer> b) {}

    record Words(
            @Min(value = 3, message = "at least {value}, please")
            int a) {}

    record Others(
            @NotBlank @Email String a,
            List<@NotBlank String> b,
            @Past LocalDate c,
            @Min(1) int d) {}

    @Ordered
    record Range(int from, int to) {}

    record SizeOnInt(@Size(min = 1) int a) {}

    record MinOnText(@Min(1) String a) {}

    record BadPattern(@Pattern(regexp = "[") String a) {}

    record Swapped(@Min(5) @DecimalMax("4.5") int a) {}

    record NotBlankInt(@NotBlank int a) {}

    @Constraint(validatedBy = OrderedValidator.class)
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Ordered {
        String message() default "from must not be after to";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /// The validator of [Ordered].
    public static final class OrderedValidator implements ConstraintValidator<Ordered, Range> {
        @Override
        public boolean isValid(Range range, ConstraintValidatorContext context) {
            return range == null || range.from() <= range.to();
        }
    }

    @Test
    void boundsOfNumbersAreInTheTypesNumbers() {
        assertThat(Answers.read(Whole.class, "{'a': 1, 'b': 0.1, 'c': 1}")).isEqualTo(new Whole(1, 0.1, 1));
        assertThat(Answers.read(Whole.class, "{'a': 6, 'b': 0, 'c': '2'}"))
                .isEqualTo("[{'type':'less_than_equal','loc':['a'],'msg':'Input should be less than or equal to 5',"
                        + "'input':6,'ctx':{'le':5}},"
                        + "{'type':'greater_than','loc':['b'],'msg':'Input should be greater than 0',"
                        + "'input':0,'ctx':{'gt':0.0}},"
                        + "{'type':'less_than','loc':['c'],'msg':'Input should be less than 1.5',"
                        + "'input':'2','ctx':{'lt':1.5}}]");
    }

    @Test
    void textsAreCountedInCodePoints() {
        assertThat(Answers.read(Text.class, "{'a': '\uD83D\uDE00a', 'b': [1]}"))
                .isEqualTo(new Text("\uD83D\uDE00a", List.of(1)));
        assertThat(Answers.read(Text.class, "{'a': '', 'b': []}"))
                .isEqualTo("[{'type':'string_too_short','loc':['a'],'msg':'String should have at least 1 character',"
                        + "'input':'','ctx':{'min_length':1}},{'type':'too_short','loc':['b'],'msg':'List"
                        + " should have at least 1 item after validation, not 0',"
                        + "'input':[],'ctx':{'field_type':'List','min_length':1,'actual_length':0}}]");
        assertThat(Answers.read(Text.class, "{'a': 'A', 'b': [1]}"))
                .isEqualTo("[{'type':'string_pattern_mismatch','loc':['a'],"
                        + "'msg':'String should match pattern '[a-z\\\\x{1F600}]+'','input':'A',"
                        + "'ctx':{'pattern':'[a-z\\\\x{1F600}]+'}}]");
    }

    @Test
    void aLongListIsNotLookedInto() {
        assertThat(Answers.read(Maps.class, "{'a': {'x': 'y', 'z': 1}, 'b': ['x', 'y']}"))
                .isEqualTo("[{'type':'int_parsing','loc':['a','x'],'msg':'Input should be a valid integer, unable to"
                        + " parse string as an integer','input':'y'},{'type':'too_long','loc':['b'],'msg':'List"
                        + " should have at most 1 item after validation, not 2',"
                        + "'input':['x','y'],'ctx':{'field_type':'List','max_length':1,'actual_length':2}}]");
        assertThat(Answers.read(Maps.class, "{'a': {'x': 2, 'z': 1}, 'b': []}"))
                .isEqualTo("[{'type':'too_long','loc':['a'],"
                        + "'msg':'Dictionary should have at most 1 item after validation, not 2',"
                        + "'input':{'x':2,'z':1},"
                        + "'ctx':{'field_type':'Dictionary','max_length':1,'actual_length':2}}]");
    }

    @Test
    void aMessageOfTheProgramIsSent() {
        assertThat(Answers.read(Words.class, "{'a': 2}"))
                .isEqualTo("[{'type':'greater_than_equal','loc':['a'],'msg':'at least 3, please','input':2,"
                        + "'ctx':{'ge':3}}]");
    }

    @Test
    void otherConstraintsAreTheValidators() {
        assertThat(Answers.read(Others.class, "{'a': 'x@y.org', 'b': ['x'], 'c': '2020-01-02', 'd': 1}"))
                .isEqualTo(new Others("x@y.org", List.of("x"), LocalDate.of(2020, 1, 2), 1));
        assertThat(Answers.read(Others.class, "{'a': ' ', 'b': ['x', ''], 'c': '9999-01-02', 'd': 0}"))
                .isEqualTo("[{'type':'value_error','loc':['a'],'msg':'Value error, must not be blank',"
                        + "'input':' ','ctx':{'error':{}}},"
                        + "{'type':'value_error','loc':['b',1],'msg':'Value error, must not be blank',"
                        + "'input':'','ctx':{'error':{}}},"
                        + "{'type':'value_error','loc':['c'],'msg':'Value error, must be a past date',"
                        + "'input':'9999-01-02','ctx':{'error':{}}},"
                        + "{'type':'greater_than_equal','loc':['d'],"
                        + "'msg':'Input should be greater than or equal to 1','input':0,'ctx':{'ge':1}}]");
    }

    @Test
    void aConstraintOfARecordSeesTheRecord() {
        assertThat(Answers.read(Range.class, "{'from': 1, 'to': 2}")).isEqualTo(new Range(1, 2));
        assertThat(Answers.read(Range.class, "{'from': 3, 'to': 2}"))
                .isEqualTo("[{'type':'value_error','loc':[],'msg':'Value error, from must not be after to',"
                        + "'input':{'from':3,'to':2},'ctx':{'error':{}}}]");
    }

    @Test
    void mistakesInDeclarationsSayWhatToDo() {
        assertThatThrownBy(() -> Shapes.of(SizeOnInt.class))
                .isInstanceOf(DeclarationException.class)
                .hasMessage("SizeOnInt.a: @Size is for texts, lists and maps, but the type is int; use @Min and @Max");
        assertThatThrownBy(() -> Shapes.of(MinOnText.class))
                .hasMessage("MinOnText.a: @Min is for numbers, but the type is String; remove it, or use @Size");
        assertThatThrownBy(() -> Shapes.of(BadPattern.class))
                .hasMessage("BadPattern.a: The pattern '[' is no regular expression: Unclosed character class at"
                        + " position 0; correct it");
        assertThatThrownBy(() -> Shapes.of(Swapped.class))
                .hasMessage("Swapped.a: It must be at least 5 and at most 4.5, which cannot be; swap or correct the"
                        + " bounds");
        assertThatThrownBy(() -> Shapes.of(NotBlankInt.class))
                .hasMessageStartingWith("NotBlankInt.a: @NotBlank is not for the type Integer: HV000030");
    }

    @Test
    void aFunctionalParameterHasBoundsToo() {
        Shape shape = Shapes.optional(Shapes.max(Shapes.min(Shapes.of(int.class), 2), 3));
        assertThat(Answers.read(shape, "4"))
                .isEqualTo("[{'type':'less_than_equal','loc':[],'msg':'Input should be less than or equal to 3',"
                        + "'input':4,'ctx':{'le':3}}]");
        assertThat(Shapes.min(Shapes.of(double.class), 0.5))
                .extracting(number -> ((ScalarShape) number).constraints().atLeast())
                .isEqualTo(0.5);
        assertThatThrownBy(() -> Shapes.pattern(Shapes.of(int.class), "a"))
                .hasMessage("pattern is for texts, but the type is int; remove it, or make the type String");
        assertThatThrownBy(() -> Shapes.size(Shapes.of(String.class), 3, 2))
                .hasMessage("Its size must be at least 3 and at most 2, which cannot be; swap or correct the bounds");
    }
}
