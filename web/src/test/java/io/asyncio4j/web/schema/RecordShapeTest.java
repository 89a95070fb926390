package io.asyncio4j.web.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.asyncio4j.web.DefaultValue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordShapeTest {
    enum Color {
        @JsonProperty("r")
        RED,
        GREEN
    }

    record Item(
            @JsonProperty("item-name") @Size(min = 2) String name,
            @Positive double price,
            @DefaultValue("0.5") double tax,
            @Nullable String note,
            Optional<@Min(1) Integer> count,
            @DefaultValue({"r", "GREEN"}) List<Color> colors) {}

    @JsonIgnoreProperties(ignoreUnknown = false)
    record Closed(int a) {}

    record Tree(int value, @DefaultValue({}) List<Tree> children) {}

    record Page<T>(List<T> items, @DefaultValue({}) Map<String, Set<T>> named) {}

    record Pages(Page<Closed> closed, Page<@Min(5) Integer> numbers) {}

    record Even(int value) {
        Even {
            if (value % 2 != 0) {
                throw new IllegalArgumentException(value + " is odd");
            }
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    sealed interface Pet permits Cat, Dog {}

    @JsonTypeName("cat")
    record Cat(int lives) implements Pet {}

    @JsonTypeName("dog")
    @JsonIgnoreProperties(ignoreUnknown = false)
    record Dog(String name) implements Pet {}

    record Alias(@JsonProperty("x") int a, int x) {}

    record BadDefault(@DefaultValue("x") int a) {}

    @SuppressWarnings("NullablePrimitive")
    record Primitive(@Nullable int a) {}

    record Growing<T>(@Nullable Growing<List<T>> next) {}

    record Start(Growing<String> growing) {}

    record Model(String q, @DefaultValue("5") int size, List<String> tags, Optional<String> userAgent) {}

    @Test
    void aRecordIsReadWithItsDefaults() {
        assertThat(Answers.read(Item.class, "{'item-name': 'ab', 'price': 5, 'more': 1}"))
                .isEqualTo(new Item("ab", 5.0, 0.5, null, Optional.empty(), List.of(Color.RED, Color.GREEN)));
        assertThat(Answers.read(
                        Item.class,
                        "{'item-name': 'ab', 'price': '5', 'tax': true, 'note': 'n', 'count': 2.0, 'colors': []}"))
                .isEqualTo(new Item("ab", 5.0, 1, "n", Optional.of(2), List.of()));
    }

    @Test
    void allProblemsComeInTheOrderOfTheFields() {
        assertThat(Answers.read(Item.class, "{'item-name': 'a', 'tax': null, 'count': 0, 'colors': ['r', 'x']}"))
                .isEqualTo("[{'type':'string_too_short','loc':['item-name'],'msg':'String should have at least 2"
                               + " characters',"
                               + "'input':'a','ctx':{'min_length':2}},{'type':'missing','loc':['price'],'msg':'Field"
                               + " required',"
                               + "'input':{'item-name':'a','tax':null,'count':0,'colors':['r','x']}},{'type':'float_type','loc':['tax'],'msg':'Input"
                               + " should be a valid"
                               + " number','input':null},{'type':'greater_than_equal','loc':['count'],'msg':'Input"
                               + " should be greater than or equal to"
                               + " 1','input':0,'ctx':{'ge':1}},{'type':'enum','loc':['colors',1],'msg':'Input should"
                               + " be 'r' or 'GREEN'','input':'x','ctx':{'expected':''r' or 'GREEN''}}]");
    }

    @Test
    void anythingButAnObjectIsRefused() {
        assertThat(Answers.read(Even.class, "[1]"))
                .isEqualTo("[{'type':'model_attributes_type','loc':[],"
                        + "'msg':'Input should be a valid dictionary or object to extract fields from','input':[1]}]");
    }

    @Test
    void extraFieldsAreForbiddenIfTheRecordSaysSo() {
        assertThat(Answers.read(Closed.class, "{'b': 1, 'a': 'x', 'c': null}"))
                .isEqualTo("[{'type':'int_parsing','loc':['a'],'msg':'Input should be a valid integer, unable to parse"
                        + " string as an integer','input':'x'},{'type':'extra_forbidden','loc':['b'],'msg':'Extra"
                        + " inputs are not"
                        + " permitted','input':1},{'type':'extra_forbidden','loc':['c'],'msg':'Extra inputs are"
                        + " not permitted','input':null}]");
    }

    @Test
    void aRecordMayContainItself() {
        assertThat(Answers.read(Tree.class, "{'value': 1, 'children': [{'value': 2}]}"))
                .isEqualTo(new Tree(1, List.of(new Tree(2, List.of()))));
        assertThat(Answers.read(Tree.class, "{'value': 1, 'children': [{'value': []}]}"))
                .isEqualTo("[{'type':'int_type','loc':['children',0,'value'],"
                        + "'msg':'Input should be a valid integer','input':[]}]");
    }

    @Test
    void aGenericRecordIsReadAsItIsUsed() {
        assertThat(Answers.read(
                        Pages.class,
                        "{'closed': {'items': [{'a': 1}]}, 'numbers': {'items': [5], 'named': {'x': [6, 6]}}}"))
                .isEqualTo(new Pages(
                        new Page<>(List.of(new Closed(1)), Map.of()), new Page<>(List.of(5), Map.of("x", Set.of(6)))));
        assertThat(Answers.read(Pages.class, "{'closed': {'items': []}, 'numbers': {'items': [4]}}"))
                .isEqualTo("[{'type':'greater_than_equal','loc':['numbers','items',0],"
                        + "'msg':'Input should be greater than or equal to 5','input':4,'ctx':{'ge':5}}]");
    }

    @Test
    void aConstructorMayRefuse() {
        assertThat(Answers.read(Even.class, "{'value': 3}"))
                .isEqualTo("[{'type':'value_error','loc':[],'msg':'Value error, 3 is odd','input':{'value':3},"
                        + "'ctx':{'error':{}}}]");
    }

    @Test
    void aSealedInterfaceIsReadByItsTag() {
        assertThat(Answers.read(Pet.class, "{'kind': 'cat', 'lives': 9}")).isEqualTo(new Cat(9));
        assertThat(Answers.read(Pet.class, "{'kind': 'dog', 'name': 'Rex'}")).isEqualTo(new Dog("Rex"));
        assertThat(Answers.read(Pet.class, "{'kind': 'dog', 'lives': 9}"))
                .isEqualTo("[{'type':'missing','loc':['dog','name'],'msg':'Field required',"
                        + "'input':{'kind':'dog','lives':9}},{'type':'extra_forbidden','loc':['dog','lives'],"
                        + "'msg':'Extra inputs are not permitted','input':9}]");
        assertThat(Answers.read(Pet.class, "{'lives': 9}"))
                .isEqualTo("[{'type':'union_tag_not_found','loc':[],"
                        + "'msg':'Unable to extract tag using discriminator 'kind'','input':{'lives':9},"
                        + "'ctx':{'discriminator':''kind''}}]");
        assertThat(Answers.read(Pet.class, "{'kind': 'cow'}"))
                .isEqualTo("[{'type':'union_tag_invalid','loc':[],'msg':'Input tag 'cow' found using 'kind'"
                        + " does not match any of the expected tags: 'cat', 'dog'','input':{'kind':'cow'},"
                        + "'ctx':{'discriminator':''kind'','tag':'cow','expected_tags':''cat', 'dog''}}]");
    }

    @Test
    void aWholeModelTakesAllParametersOfAPlace() {
        RecordShape shape = (RecordShape) Shapes.of(Model.class);
        Problems problems = new Problems();
        Map<String, List<Object>> received = new LinkedHashMap<>();
        received.put("q", List.of("a", "b"));
        received.put("tags", List.of("x", "y"));
        received.put("user-agent", List.of("kit"));

        assertThat(shape.readTexts(received, false, problems))
                .isEqualTo(new Model("b", 5, List.of("x", "y"), Optional.empty()));
        assertThat(shape.readTexts(received, true, problems))
                .isEqualTo(new Model("a", 5, List.of("x", "y"), Optional.of("kit")));

        received.remove("tags");
        received.put("other", List.of("1", "2"));
        problems.enter("query");
        assertThat(shape.readTexts(received, false, problems)).isSameAs(Shape.INVALID);
        assertThat(Answers.text(problems))
                .isEqualTo("[{'type':'missing','loc':['query','tags'],'msg':'Field required','input':"
                        + "{'q':'b','size':5,'user-agent':'kit','other':['1','2']}}]");
    }

    @Test
    void mistakesInDeclarationsSayWhatToDo() {
        assertThatThrownBy(() -> Shapes.of(Alias.class))
                .isInstanceOf(DeclarationException.class)
                .hasMessage("Two components of record Alias have the name 'x'; change one @JsonProperty");
        assertThatThrownBy(() -> Shapes.of(BadDefault.class))
                .hasMessage(
                        "BadDefault.a: @DefaultValue(\"x\") is no value of the type: Input should be a valid integer,"
                                + " unable to parse string as an integer; change one of them");
        assertThatThrownBy(() -> Shapes.of(Primitive.class))
                .hasMessage("Primitive.a: A primitive int cannot be @Nullable; use its class, such as Integer");
        assertThatThrownBy(() -> Shapes.of(Start.class))
                .hasMessageEndingWith(
                        "Record Growing contains itself with ever other type arguments; use the same ones inside");
        assertThatThrownBy(() -> Shapes.of(Page.class))
                .hasMessage("Page.items: The type parameter T is not known here; write the type argument,"
                        + " such as Page<Item>");
    }
}
