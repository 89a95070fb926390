package io.asyncio4j.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SyntaxTest {
    @Test
    void theEndOfAValueIsFoundWhateverItsPlace() {
        for (int c = 0; c < 256; c++) {
            for (int at = 0; at < 20; at++) {
                byte[] bytes = new byte[20];
                Arrays.fill(bytes, (byte) 'v');
                bytes[at] = (byte) c;
                boolean isValue = c == '\t' || (c >= ' ' && c != 0x7f);
                for (int start = 0; start < 10; start++) {
                    assertThat(Syntax.endOfValue(bytes, start, bytes.length))
                            .isEqualTo(isValue || at < start ? bytes.length : at);
                }
            }
        }
    }

    @Test
    void tokensHaveALowerCase() {
        assertThat(Syntax.lower((byte) 'A')).isEqualTo('a');
        assertThat(Syntax.lower((byte) '_')).isEqualTo('_');
        assertThat(Syntax.lower((byte) ':')).isZero();
        assertThat(Syntax.lower((byte) 0xe4)).isZero();
    }
}
