package org.fus.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.fus.core.geometry.PixelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class GridConverterTest {
    private final GridConverter converter = new GridConverter();

    @Test
    void convert_millimetres_givesMetresWithBothEnds() {
        PixelGrid grid = converter.convert("-12.5:12.5:126,10:35:126");
        assertThat(grid.nx()).isEqualTo(126);
        assertThat(grid.ny()).isEqualTo(1);
        assertThat(grid.nz()).isEqualTo(126);
        assertThat(grid.xM(0)).isCloseTo(-12.5e-3, within(1e-12));
        assertThat(grid.xM(125)).isCloseTo(12.5e-3, within(1e-12));
        assertThat(grid.zM(125)).isCloseTo(35e-3, within(1e-12));
    }

    @Test
    void convert_threeAxes_giveAVolume() {
        PixelGrid grid = converter.convert("-1:1:3,-2:2:5,10:12:9");
        assertThat(grid.ny()).isEqualTo(5);
        assertThat(grid.yM(0)).isCloseTo(-2e-3, within(1e-12));
        assertThat(grid.zM(8)).isCloseTo(12e-3, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-5:5:100|1 axes",
                "-5:5:100,2:10:80,0:1:2,3:4:5|4 axes",
                "-5:5:100,2:10:80,1:0:2|axis z goes from 1.0 to 0.0 mm",
                "-5:5,2:10:80|axis x is '-5:5'",
                "-5:5:100,2:ten:80|not a number",
                "-5:5:1.5,2:10:80|not whole",
                "-5:5:1,2:10:80|expected at least 2",
                "-5:5:100,10:2:80|axis z goes from 10.0 to 2.0 mm",
                "-5:NaN:100,2:10:80|finite",
                "-5:5:2000000000,2:10:2000000000|split it"
            })
    void convert_wrongGrid_saysWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(reason);
    }
}
