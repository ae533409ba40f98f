# LemonLDAP::NG's portal with its static files, for `plackup`.

use Plack::App::File;
use Plack::Builder;
use Lemonldap::NG::Portal::Main;

builder {
    mount '/static' => Plack::App::File->new( root => $ENV{INTEROP_STATIC} )->to_app;
    mount '/' => Lemonldap::NG::Portal::Main->run( {} );
};
