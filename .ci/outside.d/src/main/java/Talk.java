import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.RpcRequest;

public class Talk {
  public record SayHi(String name) implements RpcRequest<String> {}

  public static void main(String[] args) {
    try (RpcEnv server = RpcEnv.builder("server").listen("localhost", 0).messages(SayHi.class).build();
        RpcEnv client = RpcEnv.builder("client").messages(SayHi.class).build()) {
      server.setupEndpoint(
          "greeter",
          RpcEndpoint.handling().onAsk(SayHi.class, hi -> "hi, " + hi.name()).build());
      RpcEndpointRef greeter = client.setupEndpointRef(server.address().orElseThrow(), "greeter");
      System.out.println(greeter.askSync(new SayHi("outside")));
    }
  }
}
