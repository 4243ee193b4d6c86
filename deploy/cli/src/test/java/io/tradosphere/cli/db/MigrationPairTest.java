package io.tradosphere.cli.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.stack.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationPairTest {

    @TempDir
    private Path folder;

    @Test
    void the_next_number_is_taken_and_both_files_carry_the_header() throws Exception {
        // given
        Files.writeString(folder.resolve("V001__profiles.sql"), "");
        Files.writeString(folder.resolve("V009__later.sql"), "");

        // when
        List<Path> files =
                new MigrationPair(folder).create("Add competitions-table", "Solo Dev", LocalDate.of(2025, 1, 20));

        // then
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("V010__add_competitions_table.sql", "U010__add_competitions_table.sql");
        assertThat(files.get(0)).hasContent("""
                -- Migration: V010__add_competitions_table.sql
                -- Description: Add competitions table
                -- Author: Solo Dev
                -- Date: 2025-01-20

                """);
        assertThat(Files.readString(files.get(1))).contains("-- Description: Undo: Add competitions table");
    }

    @Test
    void a_name_without_letters_or_digits_is_refused() {
        assertThatThrownBy(() -> new MigrationPair(folder).create("--", "x", LocalDate.EPOCH))
                .isInstanceOf(StackException.class);
    }
}
