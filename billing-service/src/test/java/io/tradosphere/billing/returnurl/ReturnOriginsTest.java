package io.tradosphere.billing.returnurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tradosphere.http.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnOriginsTest {

    private final ReturnOrigins origins = new ReturnOrigins(List.of("https://app.example.com", " http://localhost:*"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "https://app.example.com/paid?id=1#done",
                "http://localhost:3000/paid",
                "http://localhost/paid",
            })
    void an_address_of_an_allowed_origin_is_accepted(String address) {
        assertThatCode(() -> origins.require(Map.of("successUrl", address))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/",
                "http://app.example.com/",
                "https://app.example.com:8443/",
                "https://app.example.com.evil.com/",
                "https://app.example.com@evil.com/",
                "https://user@app.example.com/",
                "http://localhost:3000@evil.com/",
                "javascript:alert(1)",
                "https://app.example.com evil",
                "//app.example.com/",
            })
    void any_other_address_is_refused_by_the_name_of_its_field(String address) {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> origins.require(Map.of("successUrl", address, "cancelUrl", "http://localhost/")));

        assertThat(problem.kind().status()).isEqualTo(400);
        assertThat(problem.violations()).extracting(Problem.Violation::field).containsExactly("successUrl");
    }
}
