import com.pulumi.Pulumi;
import com.pulumi.lyceum.ComposeExecution;
import com.pulumi.lyceum.ComposeExecutionArgs;
import com.pulumi.lyceum.enums.WaitFor;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var hello = new ComposeExecution("hello", ComposeExecutionArgs.builder()
                .composeFile("compose.yaml")
                .waitFor(WaitFor.Completed)
                .build());

            ctx.export("executionId", hello.executionId());
            ctx.export("status", hello.status());
            ctx.export("returnCode", hello.returnCode());
        });
    }
}
