package org.fus.hardware.igtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Crc64Test {
    @Test
    void of_checkString_isTheCheckValueOfEcma182() {
        byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertThat(Crc64.of(check, 0, check.length)).isEqualTo(0x6C40DF5F0B497347L);
    }

    @Property
    void of_anyBytesAtAnyOffset_isTheDivisionBitByBit(@ForAll byte[] data, @ForAll @IntRange(max = 20) int skip) {
        int offset = Math.min(skip, data.length);
        long remainder = 0;
        for (int i = offset; i < data.length; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                boolean out = remainder < 0 ^ (data[i] >> bit & 1) == 1;
                remainder = (remainder << 1) ^ (out ? 0x42F0E1EBA9EA3693L : 0);
            }
        }

        assertThat(Crc64.of(data, offset, data.length - offset)).isEqualTo(remainder);
    }
}
