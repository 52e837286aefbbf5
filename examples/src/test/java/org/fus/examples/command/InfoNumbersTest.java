package org.fus.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoNumbersTest {
    @ParameterizedTest
    @CsvSource({"0,0", "0.1,0.1", "1540,1540", "6666666.6667,6666670", "3.6625e-6,3.6625E-6", "-0.00985600,-0.009856"})
    void text_number_isShort(double value, String expected) {
        assertThat(InfoNumbers.text(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.00011,m,0.11 mm", "0.4,s,0.4 s", "0.001,s,1 ms", "5e-8,s,0.05 us", "3,Hz,3 Hz"})
    void withUnit_value_isInSmallUnits(double value, String unit, String expected) {
        assertThat(InfoNumbers.withUnit(value, unit)).isEqualTo(expected);
    }
}
